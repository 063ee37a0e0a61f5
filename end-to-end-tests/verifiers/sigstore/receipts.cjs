// Checks receipts (C2SP tlog-proof) with the inclusion check of @sigstore/verify, and that it refuses each one for
// another leaf. Arguments: the folder where the package is installed, the folder with receipts and their leaves.
const { readFileSync, readdirSync } = require("node:fs");
const { join } = require("node:path");

const [installed, folder] = process.argv.slice(2);
const { verifyMerkleInclusion } = require(join(installed, "node_modules/@sigstore/verify/dist/tlog/merkle.js"));

function check(receipt, leaf) {
  const [head, checkpoint] = receipt.split("\n\n");
  const [, index, ...hashes] = head.split("\n");
  const [, size, root] = checkpoint.split("\n");
  const proof = {
    logIndex: index.replace("index ", ""),
    hashes: hashes.map((hash) => Buffer.from(hash, "base64")),
  };
  const entry = { inclusionProof: proof, canonicalizedBody: leaf };
  verifyMerkleInclusion(entry, { logSize: BigInt(size), logHash: Buffer.from(root, "base64") });
}

function refuses(receipt, leaf) {
  try {
    check(receipt, leaf);
    return false;
  } catch {
    return true;
  }
}

const receipts = readdirSync(folder).filter((name) => name.endsWith(".tlog-proof"));
for (const name of receipts) {
  const receipt = readFileSync(join(folder, name), "utf8");
  const leaf = readFileSync(join(folder, name.replace(".tlog-proof", ".leaf")));
  check(receipt, leaf);
  if (!refuses(receipt, Buffer.concat([leaf, Buffer.from(" ")]))) {
    throw new Error(`${name}: holds for another leaf too`);
  }
}
if (receipts.length === 0) {
  throw new Error(`${folder}: no receipts`);
}
console.log(`${receipts.length} receipts hold`);
