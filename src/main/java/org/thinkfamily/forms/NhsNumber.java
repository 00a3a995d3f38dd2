package org.thinkfamily.forms;

/** The check digit of NHS numbers: nine digits weighted 10 to 2, 11 minus the sum modulo 11; 11 is 0, 10 never occurs. */
public final class NhsNumber {

    private NhsNumber() {
    }

    /** Whether the ten digits, written without spaces, have the right check digit. */
    public static boolean isValid(String digits) {
        if (!digits.matches("[0-9]{10}")) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < 9; i++) {
            sum += (digits.charAt(i) - '0') * (10 - i);
        }
        int check = (11 - sum % 11) % 11;
        return check == digits.charAt(9) - '0';
    }
}
