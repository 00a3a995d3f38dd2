package org.thinkfamily.family;

import java.time.LocalDate;
import java.time.Period;

/**
 * A person as a member of one family.
 *
 * @param dateOfBirth null when not known or not yet born
 * @param expectedOn the expected date of an unborn child, else null
 * @param position {@code child} or {@code adult}
 * @param relationship to the children of the family ({@code mother}, {@code step-parent} …); null for a child or when not known
 * @param home {@code household}, {@code elsewhere} or {@code not-known}; null when never asked
 * @param youngCarer {@code yes}, {@code no} or {@code not-known}; null when never asked
 * @param address where they live now, on one line; null when not known
 */
public record Person(long id, String firstName, String lastName, LocalDate dateOfBirth, LocalDate expectedOn, String nhsNumber,
        String sex, String gpPractice, String gpPracticeName, String school, String schoolName,
        String position, String relationship, String home, String youngCarer, String address) {

    public String name() {
        return firstName + " " + lastName;
    }

    public boolean child() {
        return "child".equals(position);
    }

    public boolean unborn() {
        return expectedOn != null;
    }

    /** Whole years on that day, or null when the date of birth is not known. */
    public Integer ageOn(LocalDate day) {
        return dateOfBirth == null ? null : Period.between(dateOfBirth, day).getYears();
    }
}
