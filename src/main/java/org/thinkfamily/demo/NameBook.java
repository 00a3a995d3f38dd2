package org.thinkfamily.demo;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.thinkfamily.forms.NhsNumber;

/** Names of people who do not exist, and NHS numbers that nobody has: they start with 999. */
class NameBook {

    private static final int FIRST_SERIAL = 999_002_000;

    private final List<Map<String, List<String>>> groups;

    @SuppressWarnings("unchecked")
    NameBook() {
        groups = (List<Map<String, List<String>>>) DemoFile.read("names").get("groups");
    }

    /** Which names stand together in a family; every number has one. */
    int group(int number) {
        return Math.floorMod(number, groups.size());
    }

    /** A surname of the group; families that follow each other in the same group have different ones. */
    String surname(int group, int number) {
        List<String> surnames = groups.get(group).get("surnames");
        return surnames.get(Math.floorMod(number / groups.size(), surnames.size()));
    }

    /** @param kind {@code girls}, {@code boys}, {@code women} or {@code men} */
    String first(int group, String kind, Random random) {
        List<String> names = groups.get(group).get(kind);
        return names.get(random.nextInt(names.size()));
    }

    /** The number at this place among those that start with 999 and can have a check digit. */
    static String nhsNumber(int place) {
        int serial = FIRST_SERIAL;
        int left = place;
        while (true) {
            for (int check = 0; check < 10; check++) {
                String number = serial + "" + check;
                if (NhsNumber.isValid(number) && left-- == 0) {
                    return number;
                }
            }
            serial++;
        }
    }
}
