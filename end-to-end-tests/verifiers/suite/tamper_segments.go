package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math/bits"
	"math/rand"
)

const (
	frameHead = 8
	trailer   = 60
	magic     = "KTTR"
)

// Segments: bytes, frames and trailers edited, also with a checksum that fits, and whole ones cut or removed.
var segmentTamperings = []tampering{
	{"a byte of a segment is changed", func(t *two, random *rand.Rand) place {
		name, first := t.anySegment(random)
		t.log.flip(name, 0, len(t.log.read(name)), random)
		return within(first, t.log.size-1).says(name).inside()
	}},
	{"an entry of a segment is edited", func(t *two, random *rand.Rand) place {
		name, _ := t.anySegment(random)
		content := t.log.read(name)
		frames := framesOf(content)
		frame := frames[random.Intn(len(frames))]
		edited := flipped(content, frame.at+frameHead, frame.at+frameHead+frame.length, random)
		sum := crc32.Update(crc32.Checksum(edited[frame.at:frame.at+4], castagnoli), castagnoli, edited[frame.at+frameHead:frame.at+frameHead+frame.length])
		binary.BigEndian.PutUint32(edited[frame.at+4:], sum)
		t.log.write(name, edited)
		return at(frame.index).says(name).inside()
	}},
	{"a trailer is edited", func(t *two, random *rand.Rand) place {
		name, _ := t.anySegment(random)
		content := t.log.read(name)
		frames := framesOf(content)
		frame := frames[random.Intn(len(frames))]
		t.log.flip(name, frame.trailer, frame.trailer+trailer, random)
		return at(frame.group).says(name).inside()
	}},
	{"a trailer is edited and its checksum with it", func(t *two, random *rand.Rand) place {
		name, _ := t.anySegment(random)
		content := t.log.read(name)
		frames := framesOf(content)
		frame := frames[random.Intn(len(frames))]
		edited := flipped(content, frame.trailer+24, frame.trailer+56, random)
		binary.BigEndian.PutUint32(edited[frame.trailer+56:], crc32.Checksum(edited[frame.trailer:frame.trailer+56], castagnoli))
		t.log.write(name, edited)
		return at(frame.group).says(name).inside()
	}},
	{"a segment is cut", func(t *two, random *rand.Rand) place {
		name, first := t.anySegment(random)
		content := t.log.read(name)
		t.log.write(name, content[:random.Intn(len(content))])
		return within(first, t.log.size-1).says("wal/").inside()
	}},
	{"the last segment is deleted", func(t *two, random *rand.Rand) place {
		names := t.log.names("wal")
		last := names[len(names)-1]
		t.log.delete(last)
		if len(names) == 1 {
			return at(0).says("the segments end here, there is none").inside()
		}
		return at(firstOf(last)).says("the segments end here").inside()
	}},
	{"a segment is that of another log", func(t *two, random *rand.Rand) place {
		name, first := t.anySegment(random)
		theirs := t.other.names("wal")
		t.log.write(name, t.other.read(theirs[len(theirs)-1]))
		return at(first).says(name).inside()
	}},
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func (t *two) anySegment(random *rand.Rand) (string, int64) {
	names := t.log.names("wal")
	name := names[random.Intn(len(names))]
	return name, firstOf(name)
}

func firstOf(name string) int64 {
	var first int64
	_, err := fmt.Sscanf(name, "wal/%d.seg", &first)
	must(err)
	return first
}

// A frame is one entry of a segment, and where it and its group's trailer stand.
type frame struct {
	at, length, trailer int
	index, group        int64
}

// framesOf reads a whole segment (docs/audit-format.md).
func framesOf(segment []byte) []frame {
	index := int64(binary.BigEndian.Uint64(segment[8:]))
	at := 32 + hashSize*bits.OnesCount64(uint64(index)) + 4
	var frames []frame
	group, began := index, 0
	for at < len(segment) {
		if bytes.HasPrefix(segment[at:], []byte(magic)) {
			for i := began; i < len(frames); i++ {
				frames[i].trailer = at
			}
			at, group, began = at+trailer, index, len(frames)
			continue
		}
		length := int(binary.BigEndian.Uint32(segment[at:]))
		frames = append(frames, frame{at: at, length: length, index: index, group: group})
		at += frameHead + length
		index++
	}
	return frames
}
