package org.thinkfamily.pathway;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.ProcessEngineImpl;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The engine's own clock, for those who move time, and its jobs run in the caller's thread. The clock is one for the whole machine. */
@Component
public class EngineTime {

    private static final Logger LOG = LoggerFactory.getLogger(EngineTime.class);
    private static final int BATCH = 100;

    private final ProcessEngine engine;
    private final ManagementService management;
    private final JobExecutor executor;

    EngineTime(ProcessEngine engine, ManagementService management, JobExecutor executor) {
        this.engine = engine;
        this.management = management;
        this.executor = executor;
    }

    /** Sets how far the engine's clock is from the machine's: before it when negative. Whoever moves it moves the product's clock by the same. */
    public void offset(Duration offset) {
        if (offset.isZero()) {
            ClockUtil.resetClock();
        } else {
            ClockUtil.offset(offset.toMillis());
        }
    }

    /**
     * Runs every job of a process that is due by the engine's clock, the earliest first, until none is left. One that fails is left to its retries.
     *
     * @return how many ran
     */
    public int runDueJobs() {
        int ran = 0;
        Set<String> failed = new HashSet<>();
        List<Job> due;
        do {
            due = management.createJobQuery().executable().active().orderByJobDuedate().asc().listPage(0, BATCH + failed.size()).stream()
                    .filter(job -> job.getProcessInstanceId() != null && !failed.contains(job.getId())).toList();
            for (Job job : due) {
                // A job may have gone with the one before it, such as a timer of a step that has ended.
                if (management.createJobQuery().jobId(job.getId()).count() == 1) {
                    try {
                        management.executeJob(job.getId());
                        ran++;
                    } catch (RuntimeException e) {
                        failed.add(job.getId());
                        LOG.warn("Job {} failed ({}); it is tried again later", job.getId(), e.getClass().getSimpleName());
                    }
                }
            }
        } while (!due.isEmpty());
        return ran;
    }

    /**
     * Stops running jobs beside the caller. Whoever pauses them goes on with {@link #resume} when it returned true.
     *
     * @return whether they ran
     */
    public boolean pause() {
        boolean ran = executor.isActive();
        executor.shutdown();
        return ran;
    }

    /** Runs jobs again as they become due. */
    public void resume() {
        executor.registerProcessEngine((ProcessEngineImpl) engine);
        executor.start();
    }
}
