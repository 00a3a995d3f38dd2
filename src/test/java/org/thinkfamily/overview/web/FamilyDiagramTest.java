package org.thinkfamily.overview.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.thinkfamily.Requirement;
import org.thinkfamily.family.Person;
import org.thinkfamily.kin.Kin;
import org.thinkfamily.overview.web.FamilyDiagram.Box;

/** A large family as it is drawn: 25 people of three generations, twins, a mother with a former and a present partner, an unborn child, a death, a conflict, three homes. */
@Requirement("S-135")
class FamilyDiagramTest {

    private final List<Person> people = new ArrayList<>();
    private final List<Kin.Tie> ties = new ArrayList<>();
    private final Map<Long, String> homes = new HashMap<>();
    private final Map<Long, LocalDate> died = new HashMap<>();

    private long person(String name, String position, int born, String home) {
        long id = people.size() + 1;
        people.add(new Person(id, name, "Example", born == 0 ? null : LocalDate.of(born, 5, 1), born == 0 ? LocalDate.of(2026, 9, 1) : null, null, null, null, null, null, null, position, null, null, null, null));
        if (home != null) {
            homes.put(id, home);
        }
        return id;
    }

    private void tie(long who, String kind, long... whose) {
        Arrays.stream(whose).forEach(other -> ties.add(new Kin.Tie(who, kind, other, null, null, false)));
    }

    private FamilyDiagram drawn() {
        long ada = person("Ada", "adult", 1948, null);
        long bert = person("Bert", "adult", 1945, null);
        long cleo = person("Cleo", "adult", 1950, "third");
        long dan = person("Dan", "adult", 1949, "third");
        long edna = person("Edna", "adult", 1952, null);
        died.put(bert, LocalDate.of(2019, 3, 1));
        long rosa = person("Rosa", "adult", 1982, "first");
        long paul = person("Paul", "adult", 1980, "second");
        long sam = person("Sam", "adult", 1984, "first");
        long tess = person("Tess", "adult", 1986, null);
        long ugo = person("Ugo", "adult", 1985, null);
        long vera = person("Vera", "adult", 1990, "second");
        long walt = person("Walt", "adult", 1978, "third");
        long mia = person("Mia", "child", 2010, "first");
        long leo = person("Leo", "child", 2010, "first");
        long nia = person("Nia", "child", 2012, "first");
        long oli = person("Oli", "child", 2016, "first");
        long pia = person("Pia", "child", 2018, "first");
        long baby = person("Unborn baby", "child", 0, "first");
        long quin = person("Quin", "child", 2011, null);
        long rae = person("Rae", "child", 2013, null);
        long sol = person("Sol", "child", 2017, null);
        long tam = person("Tam", "child", 2019, "second");
        long una = person("Una", "child", 2021, "second");
        long vic = person("Vic", "child", 2006, "third");
        long wyn = person("Wyn", "child", 2008, null);
        tie(ada, "partner", bert);
        tie(cleo, "partner", dan);
        tie(ada, "parent", rosa, tess);
        tie(bert, "parent", rosa, tess);
        tie(cleo, "parent", paul, walt);
        tie(dan, "parent", paul, walt);
        tie(edna, "parent", sam);
        ties.add(new Kin.Tie(rosa, "partner", paul, LocalDate.of(2008, 1, 1), LocalDate.of(2014, 1, 1), true));
        tie(rosa, "partner", sam);
        tie(rosa, "conflict", paul);
        tie(tess, "partner", ugo);
        tie(paul, "partner", vera);
        tie(rosa, "parent", mia, leo, nia, oli, pia, baby);
        tie(paul, "parent", mia, leo, nia, tam, una);
        tie(sam, "parent", oli, pia, baby);
        tie(sam, "step-parent", mia, leo, nia);
        tie(vera, "parent", tam, una);
        tie(tess, "parent", quin, rae, sol);
        tie(ugo, "parent", quin, rae, sol);
        tie(walt, "parent", vic);
        tie(walt, "carer", wyn);
        return FamilyDiagram.of(people, new Kin.Web(ties, homes, List.of(), died), null, Set.of(wyn), new FamilyDiagram.Words() {
            @Override
            public String relation(String key, String relationship) {
                return key;
            }

            @Override
            public String detail(Person person) {
                return died.containsKey(person.id()) ? "died 1 March 2019" : person.unborn() ? "expected 1 September 2026" : "born " + person.dateOfBirth().getYear();
            }
        });
    }

    @Test
    void everybodyStandsOnceAndNobodyOnAnother() throws IOException {
        FamilyDiagram picture = drawn();
        look(picture);
        assertThat(picture.boxes()).hasSize(25).extracting(Box::person).doesNotHaveDuplicates();
        for (Box one : picture.boxes()) {
            assertThat(one.x()).isNotNegative();
            assertThat(one.right()).isLessThanOrEqualTo(picture.width());
            assertThat(one.bottom()).isLessThanOrEqualTo(picture.height());
            for (Box other : picture.boxes()) {
                assertThat(one != other && one.x() < other.right() && other.x() < one.right() && one.y() < other.bottom() && other.y() < one.bottom()).as(one.name() + " on " + other.name()).isFalse();
            }
        }
        for (FamilyDiagram.Home home : picture.homes()) {
            Set<Long> inside = new HashSet<>();
            picture.boxes().stream().filter(box -> box.x() >= home.x() && box.right() <= home.x() + home.width() && box.y() >= home.y() && box.bottom() <= home.y() + home.height())
                    .forEach(box -> inside.add(box.person()));
            assertThat(inside).as("who stands inside the line of the " + home.kind() + " home").isEqualTo(Set.copyOf(people.stream().map(Person::id)
                    .filter(id -> home.kind().equals(homes.get(id))).toList()));
        }
    }

    @Test
    void noLineRunsThroughSomebodyOrOutOfThePicture() {
        FamilyDiagram picture = drawn();
        List<String> through = new ArrayList<>();
        for (FamilyDiagram.Line line : picture.lines()) {
            int[][] points = Arrays.stream(line.points().split(" ")).map(point -> Arrays.stream(point.split(",")).mapToInt(Integer::parseInt).toArray()).toArray(int[][]::new);
            for (int[] point : points) {
                if (point[0] < 0 || point[1] < 0 || point[0] > picture.width() || point[1] > picture.height()) {
                    through.add(line.kind() + " leaves the picture at " + Arrays.toString(point));
                }
            }
            for (int at = 1; at < points.length; at++) {
                int left = Math.min(points[at - 1][0], points[at][0]);
                int right = Math.max(points[at - 1][0], points[at][0]);
                int top = Math.min(points[at - 1][1], points[at][1]);
                int bottom = Math.max(points[at - 1][1], points[at][1]);
                picture.boxes().stream().filter(box -> left < box.right() && right > box.x() && top < box.bottom() && bottom > box.y())
                        .forEach(box -> through.add(line.kind() + " " + line.points() + " through " + box.name()));
            }
        }
        assertThat(through).isEmpty();
    }

    /** Two lines of different kinds or groups that lie on each other cannot be told apart. */
    @Test
    void levelLinesOfDifferentParentsDoNotLieOnEachOther() {
        FamilyDiagram picture = drawn();
        Map<Integer, Set<String>> bars = new HashMap<>();
        Map<Long, Set<Long>> parents = new HashMap<>();
        ties.stream().filter(tie -> Set.of("parent", "step-parent", "carer").contains(tie.kind())).forEach(tie -> parents.computeIfAbsent(tie.whose(), child -> new HashSet<>()).add(tie.who()));
        Map<Long, Box> boxes = new HashMap<>();
        picture.boxes().forEach(box -> boxes.put(box.person(), box));
        parents.forEach((child, above) -> picture.lines().stream().filter(line -> line.points().endsWith(boxes.get(child).middle() + "," + boxes.get(child).y()) && !line.kind().equals("partner") && !line.kind().equals("conflict"))
                .forEach(line -> bars.computeIfAbsent(Integer.parseInt(line.points().split(" ")[0].split(",")[1]), bar -> new HashSet<>()).add(String.valueOf(above))));
        assertThat(bars.values()).allSatisfy(groups -> assertThat(groups).hasSize(1));
    }

    /** Who is cared for stands below, as a child of the family does. */
    @Test
    void everyTieThatIsDrawnDownwardsLeadsToItsChild() {
        FamilyDiagram picture = drawn();
        Map<Long, Box> boxes = new HashMap<>();
        picture.boxes().forEach(box -> boxes.put(box.person(), box));
        Set<Long> below = new HashSet<>(ties.stream().filter(tie -> Set.of("parent", "step-parent", "carer").contains(tie.kind())).map(Kin.Tie::whose).toList());
        assertThat(below).allSatisfy(child -> assertThat(picture.lines()).as(boxes.get(child).name()).anyMatch(line -> line.points().endsWith(boxes.get(child).middle() + "," + boxes.get(child).y())));
        assertThat(picture.lines()).extracting(FamilyDiagram.Line::kind).contains("broken", "conflict", "partner");
    }

    /** Left in target, to look at. */
    private static void look(FamilyDiagram picture) throws IOException {
        StringBuilder svg = new StringBuilder("<html><style>:root{--tf-text:#0b0c0c;--tf-brand:#1d70b8;--tf-trouble:#d4351c;--tf-quiet:#505a5f}").append(Files.readString(Path.of("src/main/resources/static/app.css")))
                .append("</style><svg class='tf-picture' xmlns='http://www.w3.org/2000/svg' width='" + picture.width() + "' height='" + picture.height() + "' viewBox='0 0 " + picture.width() + " " + picture.height() + "'>");
        picture.homes().forEach(home -> svg.append("<rect class='tf-picture-home' rx='12' x='%d' y='%d' width='%d' height='%d'/><text class='tf-picture-detail' x='%d' y='%d'>%s</text>"
                .formatted(home.x(), home.y(), home.width(), home.height(), home.x() + 10, home.y() + 16, home.kind())));
        picture.lines().forEach(line -> svg.append("<polyline class='tf-picture-line tf-picture-line--%s %s' points='%s'/>".formatted(line.kind(), line.ended() ? "tf-picture-line--ended" : "", line.points())));
        picture.boxes().forEach(box -> svg.append("<rect class='tf-picture-box' width='210' height='62' x='%d' y='%d'/><text class='tf-picture-name' text-anchor='middle' x='%d' y='%d'>%s</text><text class='tf-picture-detail' text-anchor='middle' x='%d' y='%d'>%s</text>"
                .formatted(box.x(), box.y(), box.middle(), box.y() + 27, box.name(), box.middle(), box.y() + 48, box.detail())));
        Files.createDirectories(Path.of("target/screenshots"));
        Files.writeString(Path.of("target/screenshots/large-family.html"), svg + "</svg></html>");
    }
}
