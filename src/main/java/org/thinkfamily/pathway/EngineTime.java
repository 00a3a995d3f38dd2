package org.thinkfamily.pathway;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.exception.NullValueException;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.engine.impl.jobexecutor.historycleanup.HistoryCleanupJobHandler;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TimerEntity;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The engine's own time, for a demonstration in which time can be moved: its offset, and what falls due. */
@Component
public class EngineTime {

    private static final Logger LOG = LoggerFactory.getLogger(EngineTime.class);
    private static final int PAGE = 100;
    /** More jobs than this at one moment mean that something turns in a circle. */
    private static final int MOST = 20_000;

    private final ManagementService management;
    private final JobExecutor executor;
    private volatile boolean held;

    EngineTime(ManagementService management, JobExecutor executor) {
        this.management = management;
        this.executor = executor;
    }

    /** How far the engine's time is ahead of the machine's. */
    public void offset(Duration offset) {
        ClockUtil.offset(offset.toMillis());
    }

    /** The next moment after now at which a timer or another job is due; empty when none is. */
    public Optional<Instant> nextDue() {
        return management.createJobQuery().duedateHigherThan(now()).withRetriesLeft().active().orderByJobDuedate().asc().listPage(0, PAGE).stream()
                .filter(EngineTime::ofAProcess).map(job -> job.getDuedate().toInstant()).findFirst();
    }

    /**
     * Runs every job that is due now, and those that they set off, the earliest due first, each in its own transaction. A job that fails is left to its retries.
     *
     * @return how many timers fired
     */
    public int runDueJobs() {
        Set<String> failed = new HashSet<>();
        int timers = 0;
        int jobs = 0;
        Optional<Job> next = nextOf(failed);
        while (next.isPresent() && jobs++ < MOST) {
            if (!run(next.get())) {
                failed.add(next.get().getId());
            } else if (next.get() instanceof TimerEntity) {
                timers++;
            }
            next = nextOf(failed);
        }
        return timers;
    }

    /** Does something while no job is taken up by this node's own executor. One at a time. */
    public synchronized <T> T whileJobsWait(Supplier<T> work) {
        held = true;
        boolean active = executor.isActive();
        if (active) {
            executor.shutdown();
        }
        try {
            return work.get();
        } finally {
            held = false;
            if (active) {
                executor.start();
            }
        }
    }

    /** Whether somebody is moving time at this moment, so that what looks late may not be. */
    public boolean held() {
        return held;
    }

    private Optional<Job> nextOf(Set<String> failed) {
        int from = 0;
        while (true) {
            // Jobs without a due date come last in this order, though they are due at once.
            List<Job> waiting = management.createJobQuery().executable().active().orderByJobDuedate().asc().listPage(from, PAGE);
            Optional<Job> found = waiting.stream().filter(EngineTime::ofAProcess).filter(job -> !failed.contains(job.getId())).findFirst();
            if (found.isPresent() || waiting.size() < PAGE) {
                return found;
            }
            from += PAGE;
        }
    }

    /** Whether it is done, by us or by another node. */
    private boolean run(Job job) {
        try {
            management.executeJob(job.getId());
            return true;
        } catch (NullValueException | OptimisticLockingException elsewhere) {
            LOG.debug("job {} was taken by another node or has gone", job.getId());
            return false;
        } catch (RuntimeException failure) {
            LOG.warn("A job failed and will be tried again ({})", failure.getClass().getSimpleName());
            return false;
        }
    }

    private static boolean ofAProcess(Job job) {
        return !HistoryCleanupJobHandler.TYPE.equals(((JobEntity) job).getJobHandlerType());
    }

    private static Date now() {
        return ClockUtil.getCurrentTime();
    }
}
