package org.thinkfamily.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.Job;

/** Runs what waits in a family's processes, by the name of the element. */
final class Jobs {

    private final ProcessEngine engine;
    private final String family;

    Jobs(ProcessEngine engine, String family) {
        this.engine = engine;
        this.family = family;
    }

    /** Runs the one timer or step of that element. */
    void run(String element) {
        List<Job> jobs = all().stream().filter(job -> element(job).equals(element)).toList();
        assertThat(jobs).as("jobs of " + element + " among " + all().stream().map(this::element).toList()).hasSize(1);
        engine.getManagementService().executeJob(jobs.get(0).getId());
    }

    /** Runs the steps that wait for nothing but their turn: joins and mail, no timers. */
    void runWhatIsReady() {
        List<Job> ready;
        while (!(ready = engine.getManagementService().createJobQuery().messages().list().stream().filter(this::ours).toList()).isEmpty()) {
            engine.getManagementService().executeJob(ready.get(0).getId());
        }
    }

    private List<Job> all() {
        return engine.getManagementService().createJobQuery().list().stream().filter(this::ours).toList();
    }

    private boolean ours(Job job) {
        return job.getProcessInstanceId() != null && engine.getRuntimeService().createProcessInstanceQuery().processInstanceId(job.getProcessInstanceId())
                .processInstanceBusinessKey(family).count() == 1;
    }

    private String element(Job job) {
        ManagementService management = engine.getManagementService();
        return management.createJobDefinitionQuery().jobDefinitionId(job.getJobDefinitionId()).singleResult().getActivityId();
    }
}
