package org.thinkfamily.pathway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.camunda.bpm.engine.ParseException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.thinkfamily.access.Audit;

/**
 * Releases the models that come with the installation. A unit is a process with its forms, or a decision; it is released only when it has changed
 * since the installation last released it, and never over a version that was made at run time.
 */
@Component
class Models {

    private static final Logger LOG = LoggerFactory.getLogger(Models.class);

    /** Nodes that start at once release one after the other. */
    private static final long LOCK = 7_241_001;

    private final RepositoryService repository;
    private final ModelCheck check;
    private final JdbcClient jdbc;
    private final Clock time;
    private final Audit audit;

    Models(RepositoryService repository, ModelCheck check, JdbcClient jdbc, Clock time, Audit audit) {
        this.audit = audit;
        this.repository = repository;
        this.check = check;
        this.jdbc = jdbc;
        this.time = time;
    }

    /** One unit: its name (a process or decision key) and its files by name. */
    record Unit(String name, Map<String, String> files) {

        String digest() {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                new TreeMap<>(files).forEach((file, content) -> digest.update((file + '\0' + content + '\0').getBytes(StandardCharsets.UTF_8)));
                return HexFormat.of().formatHex(digest.digest());
            } catch (NoSuchAlgorithmException everyJavaHasIt) {
                throw new IllegalStateException(everyJavaHasIt);
            }
        }
    }

    private record Release(String digest, String origin) { }

    /** The name under which the digest of all installed files is kept. */
    private static final String ALL = "all installed models";

    /** Releases what has changed; all of it or, when a model is broken, nothing. Where no file has changed since the last start, none is even read. */
    @Transactional
    public void releaseInstalled() {
        Unit all = new Unit(ALL, installed());
        if (last(ALL).filter(release -> release.digest().equals(all.digest())).isPresent()) {
            LOG.info("Models: as they were");
            return;
        }
        release(check.units(all.files()));
        note(all, null);
    }

    private Optional<Release> last(String unit) {
        return jdbc.sql("select digest, origin from model_release where unit = :unit order by id desc limit 1").param("unit", unit).query(Release.class).optional();
    }

    private void note(Unit unit, String deployment) {
        jdbc.sql("""
                insert into model_release (unit, digest, origin, deployment_id, released_at, released_by)
                values (:unit, :digest, 'installation', :deployment, :at, 'installation')
                """)
                .param("unit", unit.name()).param("digest", unit.digest()).param("deployment", deployment)
                .param("at", Timestamp.from(time.instant())).update();
    }

    @Transactional
    public void release(List<Unit> units) {
        jdbc.sql("select pg_advisory_xact_lock(:lock)").param("lock", LOCK).query((row, n) -> 0).single();
        int released = 0;
        for (Unit unit : units) {
            Optional<Release> last = last(unit.name());
            if (last.isPresent() && (last.get().origin().equals("studio") || last.get().digest().equals(unit.digest()))) {
                continue;
            }
            note(unit, deploy(unit));
            audit.system("installation", "model.release", unit.name() + " " + unit.digest());
            released++;
        }
        LOG.info("Models: {} units, {} released", units.size(), released);
    }

    private String deploy(Unit unit) {
        DeploymentBuilder deployment = repository.createDeployment().name(unit.name()).source("installation");
        unit.files().forEach(deployment::addString);
        try {
            return deployment.deploy().getId();
        } catch (ParseException problem) {
            throw new BrokenModel(unit.name(), problem.getResorceReports().stream()
                    .flatMap(report -> report.getErrors().stream().map(error -> "line " + error.getLine() + ": " + error.getMessage()))
                    .findFirst().orElse(problem.getMessage()));
        } catch (ProcessEngineException problem) {
            throw new BrokenModel(unit.name(), problem.getMessage());
        }
    }

    /** The files of the installation by name. */
    static Map<String, String> installed() {
        Map<String, String> files = new TreeMap<>();
        try {
            List<Resource> found = new ArrayList<>();
            for (String kind : List.of("bpmn", "dmn", "form")) {
                found.addAll(List.of(new PathMatchingResourcePatternResolver().getResources("classpath:models/*." + kind)));
            }
            for (Resource resource : found) {
                files.put(resource.getFilename(), resource.getContentAsString(StandardCharsets.UTF_8));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return files;
    }
}
