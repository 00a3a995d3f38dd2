package org.thinkfamily.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * A made-up family as it is, before the record has been told of it.
 *
 * @param adults the one in treatment first
 * @param children the eldest first, the unborn last
 */
record Household(List<Adult> adults, List<Child> children) {

    private static final int SECONDARY_SCHOOL = 11;
    private static final int PRIMARY_SCHOOL = 4;
    private static final List<String> STREETS = List.of("Mill Lane", "Harbour Road", "Station Terrace", "Orchard Close", "Chapel Street", "Quarry Rise", "Ferry Walk");

    record Adult(String firstName, String lastName, LocalDate dateOfBirth, String nhsNumber, String relationship, String gpPractice, String home, String address) {

        String name() {
            return firstName + " " + lastName;
        }
    }

    /** {@code expectedOn} is set for an unborn child only. {@code age}: in years at the end of the story. */
    record Child(String firstName, String lastName, LocalDate dateOfBirth, LocalDate expectedOn, int age, String school, String gpPractice, String home, boolean carer) {

        String name() {
            return firstName + " " + lastName;
        }

        boolean unborn() {
            return expectedOn != null;
        }
    }

    /**
     * What kind of family it is.
     *
     * @param ages of the children in years
     * @param patient {@code mother} or {@code father}: who is in treatment
     * @param away whether the one in treatment lives elsewhere
     * @param other the other adult: {@code none}, {@code together}, {@code separated}, {@code step} or {@code grandmother}
     * @param twoPractices whether the adults have different GPs
     * @param carers how many of the children care for the parent, the eldest first
     */
    record Kind(List<Integer> ages, boolean unborn, String patient, boolean away, String other, boolean twoPractices, int carers) {

        @SuppressWarnings("unchecked")
        static Kind of(Map<String, Object> file) {
            return new Kind((List<Integer>) file.getOrDefault("children", List.of()), Boolean.TRUE.equals(file.get("unborn")), (String) file.getOrDefault("patient", "mother"),
                    Boolean.TRUE.equals(file.get("away")), (String) file.getOrDefault("other", "none"), Boolean.TRUE.equals(file.get("two-practices")),
                    (Integer) file.getOrDefault("carers", 0));
        }
    }

    /** Where the families of the authority go. Both lists are never empty; the last school is the one for older children. */
    record Places(List<String> practices, List<String> schools) { }

    /**
     * Makes up a family. The same kind, number and day make the same family.
     *
     * @param number of the family in the authority, from 0
     * @param today the day on which the children are as old as the kind says
     */
    static Household of(Kind kind, int number, NameBook names, Places places, LocalDate today, Random random) {
        int group = names.group(number);
        int otherGroup = number % 4 == 3 ? names.group(number + 3) : group;
        String surname = names.surname(group, number);
        String practice = places.practices().get(number % places.practices().size());
        String otherPractice = kind.twoPractices() ? places.practices().get((number + 1) % places.practices().size()) : practice;
        boolean mother = kind.patient().equals("mother");
        int eldest = kind.ages().stream().max(Comparator.naturalOrder()).orElse(0);

        List<Adult> adults = new ArrayList<>();
        adults.add(new Adult(names.first(group, mother ? "women" : "men", random), surname, born(today, eldest + 19 + random.nextInt(14), random),
                NameBook.nhsNumber(number * 2), kind.patient(), practice, kind.away() ? "elsewhere" : "household", address(number, kind.away())));
        String elsewhere = kind.other().equals("separated") ? "elsewhere" : "household";
        String otherAddress = address(number, elsewhere.equals("elsewhere"));
        switch (kind.other()) {
            case "together", "separated" -> adults.add(new Adult(names.first(otherGroup, mother ? "men" : "women", random),
                    kind.other().equals("together") && number % 2 == 0 ? surname : names.surname(otherGroup, number + names.group(1) * 11),
                    born(today, eldest + 21 + random.nextInt(14), random), null, mother ? "father" : "mother", otherPractice, elsewhere, otherAddress));
            case "step" -> adults.add(new Adult(names.first(otherGroup, mother ? "men" : "women", random), names.surname(otherGroup, number + 17),
                    born(today, 27 + random.nextInt(15), random), null, "step-parent", otherPractice, elsewhere, otherAddress));
            case "grandmother" -> adults.add(new Adult(names.first(group, "women", random), surname, born(today, eldest + 46 + random.nextInt(10), random), null, "carer",
                    otherPractice, elsewhere, otherAddress));
            default -> { }
        }

        List<Child> children = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        adults.forEach(adult -> taken.add(adult.firstName()));
        List<Integer> ages = kind.ages().stream().sorted(Comparator.reverseOrder()).toList();
        for (int i = 0; i < ages.size(); i++) {
            int age = ages.get(i);
            String first;
            do {
                first = names.first(group, random.nextBoolean() ? "girls" : "boys", random);
            } while (!taken.add(first));
            String school = age < PRIMARY_SCHOOL ? "not-known" : age < SECONDARY_SCHOOL ? places.schools().get(0) : places.schools().get(places.schools().size() - 1);
            boolean withPatient = !kind.away() || !kind.other().equals("none");
            children.add(new Child(first, surname, born(today, age, random), null, age, school, practice, withPatient ? "household" : "elsewhere", i < kind.carers()));
        }
        if (kind.unborn()) {
            children.add(new Child(null, surname, null, today.plusDays(30 + random.nextInt(60)), 0, null, null, "household", false));
        }
        return new Household(List.copyOf(adults), List.copyOf(children));
    }

    /** A made-up address in a postcode area that does not exist. */
    private static String address(int number, boolean elsewhere) {
        String street = STREETS.get((number + (elsewhere ? 3 : 0)) % STREETS.size());
        return "%d %s, Westerby ZZ%d %d%s".formatted(number * 2 + (elsewhere ? 5 : 1), street, number % 9 + 1, number % 8 + 1, elsewhere ? "QX" : "JD");
    }

    private static LocalDate born(LocalDate today, int years, Random random) {
        return today.minusYears(years).minusDays(15 + random.nextInt(330));
    }

    Adult patient() {
        return adults.get(0);
    }

    /** What is true of the whole family, by the keys that forms ask it under. */
    Map<String, Object> answers() {
        boolean away = patient().home().equals("elsewhere");
        boolean any = children.stream().anyMatch(child -> !child.unborn());
        Map<String, Object> answers = new LinkedHashMap<>();
        answers.put("firstName", patient().firstName());
        answers.put("lastName", patient().lastName());
        answers.put("dateOfBirth", patient().dateOfBirth().toString());
        answers.put("nhsNumber", patient().nhsNumber());
        answers.put("gpPractice", patient().gpPractice());
        answers.put("address", patient().address());
        answers.put("childrenInHousehold", yes(any && !away));
        answers.put("childrenElsewhere", yes(any && away));
        answers.put("contactWithChildren", yes(any));
        answers.put("caring", yes(any && !away));
        answers.put("pregnancy", yes(children.stream().anyMatch(Child::unborn)));
        answers.put("youngCarers", yes(children.stream().anyMatch(Child::carer)));
        return answers;
    }

    /** What is true of one adult, by the keys that rows of forms ask it under. */
    static Map<String, Object> answers(Adult adult) {
        return Map.of("firstName", adult.firstName(), "lastName", adult.lastName(), "dateOfBirth", adult.dateOfBirth().toString(), "relationship", adult.relationship(),
                "gpPractice", adult.gpPractice(), "home", adult.home(), "address", adult.address());
    }

    /** What is true of one child, by the keys that rows of forms ask it under. */
    static Map<String, Object> answers(Child child) {
        Map<String, Object> answers = new LinkedHashMap<>();
        answers.put("lastName", child.lastName());
        answers.put("home", child.home());
        answers.put("youngCarer", yes(child.carer()));
        answers.put("careGiven", child.carer() ? "regular" : "none");
        if (child.unborn()) {
            answers.putAll(Map.of("born", "unborn", "expectedOn", child.expectedOn().toString(), "seen", "unborn", "told", "too-young", "effect", "not-known", "offer", "not-carer"));
            return answers;
        }
        boolean small = child.age() < PRIMARY_SCHOOL;
        answers.putAll(Map.of("firstName", child.firstName(), "born", "born", "dateOfBirth", child.dateOfBirth().toString(), "school", child.school(), "gpPractice", child.gpPractice(),
                "alone", small ? "too-young" : "yes", "how", small ? List.of("playing", "watched") : List.of("talking"), "told", small ? "too-young" : "yes",
                "offer", child.carer() ? "accepted" : "not-carer", "wish", small ? "too-young" : "wants"));
        return answers;
    }

    /** The adult of that full name. */
    Optional<Adult> adult(String name) {
        return adults.stream().filter(adult -> adult.name().equals(name)).findFirst();
    }

    /** The child of that full name; a name nobody has is the unborn child's. */
    Optional<Child> child(String name) {
        return children.stream().filter(child -> child.name().equals(name)).findFirst().or(() -> children.stream().filter(Child::unborn).findFirst());
    }

    private static String yes(boolean is) {
        return is ? "yes" : "no";
    }
}
