package org.thinkfamily.access.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.event.AuthenticationFailureBadCredentialsEvent;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/**
 * Tries to sign in with a password that failed, by username and address. After {@value #MOST} in a row that name is not tried again from that address until
 * {@link #WAIT} has passed. Each node counts for itself and forgets the oldest when it holds too many.
 */
@Component
class SignInTries {

    static final int MOST = 10;
    static final Duration WAIT = Duration.ofMinutes(10);
    private static final int KEPT = 10_000;
    private static final int LONGEST_NAME = 100;

    private record Failed(int times, Instant last) { }

    private final Clock time;
    private final Map<String, Failed> failed = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failed> eldest) {
            return size() > KEPT;
        }
    };

    SignInTries(Clock time) {
        this.time = time;
    }

    synchronized boolean tooMany(String username, String address) {
        Failed known = failed.get(key(username, address));
        return known != null && known.times() >= MOST && time.instant().isBefore(known.last().plus(WAIT));
    }

    @EventListener
    synchronized void on(AuthenticationFailureBadCredentialsEvent event) {
        String key = key(event.getAuthentication());
        if (key != null) {
            Instant now = time.instant();
            Failed known = failed.get(key);
            failed.put(key, new Failed(known == null || !now.isBefore(known.last().plus(WAIT)) ? 1 : known.times() + 1, now));
        }
    }

    @EventListener
    synchronized void on(AuthenticationSuccessEvent event) {
        String key = key(event.getAuthentication());
        if (key != null) {
            failed.remove(key);
        }
    }

    private static String key(Authentication authentication) {
        return authentication instanceof UsernamePasswordAuthenticationToken && authentication.getDetails() instanceof WebAuthenticationDetails details
                ? key(authentication.getName(), details.getRemoteAddress()) : null;
    }

    private static String key(String username, String address) {
        String name = username == null ? "" : username.strip().toLowerCase(Locale.ROOT);
        return (name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name) + ' ' + address;
    }
}
