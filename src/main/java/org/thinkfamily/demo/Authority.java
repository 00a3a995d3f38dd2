package org.thinkfamily.demo;

import java.util.List;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.thinkfamily.access.DemoUsers;

/** The synthetic authority: its services, teams and people. Everybody is made up. */
@Component
@Profile("demo")
class Authority {

    /** The password is public, so a strong hash would only cost time. */
    private static final int HASH_STRENGTH = 4;

    /** The first digits of numbers that are kept for stories and belong to nobody. */
    private static final String PHONE = "01632 960";

    private final JdbcClient jdbc;

    Authority(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Service(String id, String name, String kind) { }

    private record Team(String id, String service, String name) { }

    private record Worker(String username, String name, String team, String roles) { }

    private static final List<Service> SERVICES = List.of(
            new Service("westerby-children", "Westerby Council children's services", "children"),
            new Service("northmoor-trust", "Northmoor Mental Health Trust", "mental-health"),
            new Service("turnstone", "Turnstone Drug and Alcohol Service", "drug-alcohol"),
            new Service("westerby-gps", "Westerby general practices", "gp"),
            new Service("westerby-schools", "Westerby schools", "education"),
            new Service("westerby-health", "Westerby community health", "health"),
            new Service("lantern", "Lantern Young Carers", "young-carers"));

    private static final List<Team> TEAMS = List.of(
            new Team("front-door", "westerby-children", "Front door"),
            new Team("family-support-east", "westerby-children", "Family support east"),
            new Team("family-support-west", "westerby-children", "Family support west"),
            new Team("fostering", "westerby-children", "Fostering"),
            new Team("reviewing", "westerby-children", "Independent reviewing"),
            new Team("information-governance", "westerby-children", "Information governance"),
            new Team("adult-mental-health", "northmoor-trust", "Community mental health"),
            new Team("recovery", "turnstone", "Recovery"),
            new Team("mill-lane-surgery", "westerby-gps", "Mill Lane Surgery"),
            new Team("harbour-practice", "westerby-gps", "Harbour Practice"),
            new Team("st-annes-primary", "westerby-schools", "St Anne's Primary School"),
            new Team("westerby-high", "westerby-schools", "Westerby High School"),
            new Team("health-visiting", "westerby-health", "Health visiting"),
            new Team("young-carers", "lantern", "Young carers"));

    private static final List<Worker> WORKERS = List.of(
            new Worker("asha.patel", "Asha Patel", "adult-mental-health", "adult-mental-health-practitioner"),
            new Worker("tom.ellery", "Tom Ellery", "adult-mental-health", "adult-mental-health-practitioner"),
            new Worker("ruth.okafor", "Ruth Okafor", "adult-mental-health", "adult-team-manager"),
            new Worker("helen.voss", "Dr Helen Voss", "adult-mental-health", "consultant-psychiatrist"),
            new Worker("vera.holt", "Vera Holt", "adult-mental-health", "ward-nurse"),
            new Worker("ian.bright", "Ian Bright", "adult-mental-health", "amhp"),
            new Worker("dee.marsh", "Dee Marsh", "recovery", "drug-alcohol-practitioner"),
            new Worker("karl.beck", "Karl Beck", "recovery", "adult-team-manager"),
            new Worker("priya.nair", "Priya Nair", "front-door", "front-door-screener"),
            new Worker("owen.price", "Owen Price", "front-door", "front-door-screener"),
            new Worker("grace.lund", "Grace Lund", "front-door", "front-door-manager"),
            new Worker("lena.brandt", "Lena Brandt", "front-door", "front-door-manager"),
            new Worker("maria.santos", "Maria Santos", "family-support-east", "childrens-social-worker"),
            new Worker("ben.adeyemi", "Ben Adeyemi", "family-support-east", "childrens-social-worker"),
            new Worker("joan.whitlock", "Joan Whitlock", "family-support-east", "childrens-team-manager"),
            new Worker("derek.vaughan", "Derek Vaughan", "family-support-east", "childrens-team-manager"),
            new Worker("lucy.hart", "Lucy Hart", "family-support-west", "childrens-social-worker"),
            new Worker("sam.rowntree", "Sam Rowntree", "family-support-west", "childrens-team-manager"),
            new Worker("peter.gale", "Peter Gale", "fostering", "supervising-social-worker"),
            new Worker("nina.farrow", "Nina Farrow", "reviewing", "iro"),
            new Worker("colin.dray", "Colin Dray", "reviewing", "iro"),
            new Worker("ivy.stone", "Ivy Stone", "reviewing", "iro-manager"),
            new Worker("moira.quayle", "Moira Quayle", "reviewing", "child-protection-chair"),
            new Worker("lena.marsh", "Lena Marsh", "family-support-east", "personal-adviser"),
            new Worker("anil.gupta", "Dr Anil Gupta", "mill-lane-surgery", "gp"),
            new Worker("kate.mosshill", "Dr Kate Mosshill", "harbour-practice", "gp"),
            new Worker("jane.tully", "Jane Tully", "st-annes-primary", "school-lead"),
            new Worker("martin.frost", "Martin Frost", "westerby-high", "school-lead"),
            new Worker("bea.coombes", "Bea Coombes", "health-visiting", "health-visitor"),
            new Worker("zoe.finch", "Zoe Finch", "young-carers", "young-carers-worker"),
            new Worker("frances.lowell", "Frances Lowell", "family-support-east", "director"),
            new Worker("alex.morgan", "Alex Morgan", "front-door", "service-manager"),
            new Worker("edith.quill", "Edith Quill", "information-governance", "information-governance-officer"),
            new Worker("jonas.reed", "Jonas Reed", "information-governance", "information-governance-officer"));

    /** The team that takes work of a role when nobody is known for a family. */
    private static final List<String> DUTY = List.of(
            "adult-mental-health-practitioner=adult-mental-health", "drug-alcohol-practitioner=recovery", "adult-team-manager=adult-mental-health",
            "consultant-psychiatrist=adult-mental-health", "ward-nurse=adult-mental-health", "amhp=adult-mental-health", "health-visitor=health-visiting", "school-lead=st-annes-primary", "front-door-screener=front-door",
            "front-door-manager=front-door", "childrens-social-worker=family-support-east", "childrens-team-manager=family-support-east",
            "supervising-social-worker=fostering", "iro=reviewing", "iro-manager=reviewing", "child-protection-chair=reviewing", "personal-adviser=family-support-east", "young-carers-worker=young-carers", "service-manager=front-door", "director=family-support-east", "information-governance-officer=information-governance");

    /** Opens the authority when it is not there yet. Returns whether it was opened now. */
    @Transactional
    boolean open() {
        if (jdbc.sql("select exists (select 1 from service where id = 'westerby-children')").query(Boolean.class).single()) {
            return false;
        }
        SERVICES.forEach(service -> jdbc.sql("insert into service (id, name, kind) values (?, ?, ?)").params(service.id(), service.name(), service.kind()).update());
        TEAMS.forEach(team -> jdbc.sql("insert into team (id, service_id, name, email, phone) values (?, ?, ?, ?, ?)")
                .params(team.id(), team.service(), team.name(), team.id() + "@westerby.example", PHONE + (100 + TEAMS.indexOf(team))).update());
        String hash = "{bcrypt}" + new BCryptPasswordEncoder(HASH_STRENGTH).encode(DemoUsers.PASSWORD);
        WORKERS.forEach(worker -> {
            jdbc.sql("insert into app_user (username, name, email, team_id, password_hash) values (?, ?, ?, ?, ?)")
                    .params(worker.username(), worker.name(), worker.username() + "@westerby.example", worker.team(), hash).update();
            for (String role : worker.roles().split(",")) {
                jdbc.sql("insert into user_role (username, role) values (?, ?)").params(worker.username(), role).update();
            }
        });
        DUTY.forEach(duty -> jdbc.sql("update app_role set duty_team_id = ? where code = ?")
                .params(duty.substring(duty.indexOf('=') + 1), duty.substring(0, duty.indexOf('='))).update());
        return true;
    }
}
