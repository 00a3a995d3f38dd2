package org.thinkfamily.bench;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The benchmark's rows, printed as they come and all together at the end. */
public final class Table {

    private static final List<String> ROWS = new ArrayList<>();

    private Table() { }

    /** A row, with how many programs wanted a processor in the last minute: on a busy machine times say little, ratios still something. @param met whether the bound holds */
    public static synchronized void row(String what, String measured, String bound, boolean met) {
        String row = String.format(Locale.UK, "| %-86s | %-34s | %-22s | %-7s | load %.1f |", what, measured, bound, met ? "met" : "NOT MET",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        ROWS.add(row);
        System.out.println(row);
    }

    public static synchronized void print() {
        System.out.println("\nBenchmark");
        ROWS.forEach(System.out::println);
        System.out.println();
    }

    /** The value below which {@code share} of the times lie. */
    public static double quantile(double[] times, double share) {
        double[] sorted = times.clone();
        Arrays.sort(sorted);
        return sorted[Math.min(sorted.length - 1, (int) Math.ceil(share * sorted.length) - 1)];
    }

    public static String ms(double milliseconds) {
        return String.format(Locale.UK, "%.1f ms", milliseconds);
    }

    public static String times(double ratio) {
        return String.format(Locale.UK, "%.2f times", ratio);
    }
}
