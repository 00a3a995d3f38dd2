package org.thinkfamily.forms;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NhsNumberTest {

    @ParameterizedTest
    @ValueSource(strings = {"9434765919", "9990000018", "9990000026", "9990000034", "9990000042", "9990000050", "9990000107"})
    void acceptsTheRightCheckDigit(String number) {
        assertThat(NhsNumber.isValid(number)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"9434765918", "9990000019", "", "999000001", "99900000180", "999 000 0018", "٩٩٩٠٠٠٠٠١٨", "abcdefghij"})
    void refusesTheRest(String number) {
        assertThat(NhsNumber.isValid(number)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"999000000", "999123456"})
    void someNumbersHaveNoCheckDigit(String nine) {
        for (int digit = 0; digit < 10; digit++) {
            assertThat(NhsNumber.isValid(nine + digit)).isFalse();
        }
    }
}
