package org.thinkfamily.access;

/** The audit could not be written in time, so what was asked for is not done: no audit, no act. It can be tried again in a few minutes. */
public class AuditUnavailable extends RuntimeException {

    AuditUnavailable(Throwable cause) {
        super("the audit cannot be written", cause);
    }
}
