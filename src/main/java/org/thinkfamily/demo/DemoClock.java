package org.thinkfamily.demo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that can be moved on, and never back. Only who builds the past lives in it: in a thread of its own. */
class DemoClock extends Clock {

    private final ThreadLocal<Duration> own = ThreadLocal.withInitial(() -> Duration.ZERO);
    private volatile Duration offset = Duration.ZERO;

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(offset).plus(own.get());
    }

    Duration offset() {
        return offset;
    }

    void offset(Duration offset) {
        this.offset = offset;
    }

    /** How far this thread's time is from everybody's; negative in the past. */
    void own(Duration distance) {
        if (distance.isZero()) {
            own.remove();
        } else {
            own.set(distance);
        }
    }
}
