package org.thinkfamily.pathway;

import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.ProcessEngineImpl;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.thinkfamily.access.Acting;
import org.thinkfamily.notify.Outbox;

/** Before the first page is served: the models are released, messages that waited for a mail server are handed on, then timers and other jobs run. They stop before the database does. */
@Component
class EngineStart implements SmartLifecycle {

    private final ProcessEngine engine;
    private final JobExecutor jobs;
    private final Models models;
    private final PartOfTheRecord part;
    private final Outbox outbox;
    private final boolean runJobs;
    private volatile boolean running;

    EngineStart(ProcessEngine engine, JobExecutor jobs, Models models, PartOfTheRecord part, Outbox outbox, @Value("${thinkfamily.engine.run-jobs:true}") boolean runJobs) {
        this.engine = engine;
        this.jobs = jobs;
        this.models = models;
        this.part = part;
        this.outbox = outbox;
        this.runJobs = runJobs;
    }

    @Override
    public void start() {
        models.releaseInstalled();
        part.tell();
        Acting.asSystem("hand on waiting messages", outbox::handOnWaiting);
        if (runJobs) {
            jobs.registerProcessEngine((ProcessEngineImpl) engine);
            jobs.start();
        }
        running = true;
    }

    @Override
    public void stop() {
        jobs.shutdown();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return 0;
    }
}
