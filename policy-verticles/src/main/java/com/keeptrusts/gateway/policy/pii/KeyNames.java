package com.keeptrusts.gateway.policy.pii;

import com.keeptrusts.gateway.policy.pii.Labels.Label;
import java.util.Arrays;
import java.util.List;

/** The names under which secrets are kept; read backwards from their end, whatever joins their words. */
final class KeyNames {

    private static final int LONGEST = 32;
    private static final int PASSWORD = 1;
    private static final int TOKEN = 2;
    private static final int HOLDER = 4;
    private static final int NO_SECRET = 8;
    /** Too short to be looked for at the end of longer names. */
    private static final int WHOLE = 16;

    private static final int PERSON = 32;
    private static final int TITLE = 64;
    private static final int ADDRESS = 128;

    private static final List<String> PASSWORDS =
            words("password passwd pwd passphrase passcode pincode passwort kennwort "
                    + "contraseña motdepasse senha wachtwoord hasło heslo lösenord salasana adgangskode parola şifre clave "
                    + "пароль 密码 密碼 パスワード 비밀번호 loginpw userpass dbpass");
    private static final List<String> TOKENS = words("secret token apikey apitoken accesskey accesskeyid secretkey "
            + "privatekey authkey clientsecret authorization credential credentials signingkey encryptionkey accountkey "
            + "sharedkey subscriptionkey masterkey licensekey webhooksecret bearer xauth appkey sessionkey deploykey "
            + "authtoken xapikey sastoken");
    private static final List<String> SHORT_PASSWORDS = words("pw pin pass mdp pwd");
    private static final List<String> SHORT_TOKENS = words("auth session sessionid secretkeybase privatekeyid jwt pat");
    private static final List<String> HOLDERS =
            words("cardholder cardholdername nameoncard nameonthecard karteninhaber titulaire titulardelatarjeta");
    /** Behind these stands a name of two words or more. */
    private static final List<String> PERSONS =
            words("fullname customername contactname employeename patientname patient "
                    + "applicant beneficiary accountholder signedby nameofpatient nameofcustomer iam im i'm nomcomplet nombrecompleto "
                    + "nomecompleto vollername vorundnachname ichbin jesuis yosoy sono eusou фио имяифамилия");
    /** Behind these one word is enough. */
    private static final List<String> TITLES = words(
            "mr mrs ms miss mister dr prof herr frau hr fr señor señora sr sra "
                    + "monsieur madame mme signor signora sig senhor senhora myname meinname ichheiße jemappelle mellamo michiamo "
                    + "chamome mynameis firstname lastname surname vorname nachname prénom nachnamen apellido cognome фамилия");

    private static final List<String> ADDRESSES = words("homeaddress streetaddress postaladdress mailingaddress "
            + "shippingaddress billingaddress deliveryaddress livesat liveat myaddress residenceaddress livingat deliverto deliveritto returnto shipto "
            + "anschrift wohnhaft adresse dirección direccion domicilio indirizzo endereço morada адрес");
    private static final List<String> NO_SECRETS = words("pagetoken nexttoken continuationtoken");
    private static final Trie NAMES = new Trie();

    static {
        PASSWORDS.forEach(name -> add(name, PASSWORD));
        TOKENS.forEach(name -> add(name, TOKEN));
        SHORT_PASSWORDS.forEach(name -> add(name, PASSWORD | WHOLE));
        SHORT_TOKENS.forEach(name -> add(name, TOKEN | WHOLE));
        HOLDERS.forEach(name -> add(name, HOLDER));
        PERSONS.forEach(name -> add(name, PERSON | WHOLE));
        TITLES.forEach(name -> add(name, TITLE | WHOLE));
        ADDRESSES.forEach(name -> add(name, ADDRESS | WHOLE));
        NO_SECRETS.forEach(name -> add(name, NO_SECRET));
    }

    private KeyNames() {}

    private static List<String> words(String words) {
        return Arrays.asList(words.split(" ", -1));
    }

    private static void add(String name, int label) {
        NAMES.add(new StringBuilder(name).reverse(), label);
    }

    /** The label whose name ends at {@code last}: api_key, API-Key, apiKey and api key are one. */
    static Label before(char[] text, int floor, int last) {
        int node = Trie.ROOT;
        int found = 0;
        for (int i = last; i >= floor && last - i < LONGEST; i--) {
            char c = text[i];
            if (c == '_' || c == '-' || c == '.' || c == ' ') {
                continue;
            }
            node = NAMES.step(node, Chars.fold(c));
            if (node == Trie.NOWHERE) {
                break;
            }
            int meaning = NAMES.meaning(node);
            found |= (meaning & WHOLE) == 0 || i <= floor || starts(text[i - 1], c) ? meaning : 0;
        }
        return label(found);
    }

    private static boolean starts(char before, char first) {
        return !Chars.letter(before) || (Chars.lower(before) && Chars.upper(first));
    }

    private static Label label(int found) {
        if ((found & NO_SECRET) != 0) {
            return Label.NONE;
        }
        if ((found & PASSWORD) != 0) {
            return Label.PASSWORD;
        }
        if ((found & TOKEN) != 0) {
            return Label.TOKEN;
        }
        if ((found & HOLDER) != 0) {
            return Label.HOLDER;
        }
        if ((found & ADDRESS) != 0) {
            return Label.ADDRESS;
        }
        return (found & TITLE) != 0 ? Label.TITLE : (found & PERSON) != 0 ? Label.PERSON : Label.NONE;
    }
}
