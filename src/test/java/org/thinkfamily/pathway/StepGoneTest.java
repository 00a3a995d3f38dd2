package org.thinkfamily.pathway;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.Map;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.exception.NullValueException;
import org.junit.jupiter.api.Test;

/** "Somebody was faster" is said when the step is no longer there, and of no other fault. */
class StepGoneTest {

    private final TaskService tasks = mock(TaskService.class, RETURNS_DEEP_STUBS);
    private final Pathway pathway = new Pathway(null, null, tasks, null, null, null, null);

    private void theEngineMissesSomethingAndHas(long openTasks) {
        doThrow(new NullValueException("something is null")).when(tasks).complete(anyString(), any());
        when(tasks.createTaskQuery().taskId("1").count()).thenReturn(openTasks);
    }

    @Test
    void aStepThatIsNotThereIsGone() {
        theEngineMissesSomethingAndHas(0);
        assertThatExceptionOfType(Pathway.Gone.class).isThrownBy(() -> pathway.complete("1", Map.of()));
    }

    @Test
    void whatElseIsMissingOnTheWayIsAFault() {
        theEngineMissesSomethingAndHas(1);
        assertThatExceptionOfType(NullValueException.class).isThrownBy(() -> pathway.complete("1", Map.of()));
    }
}
