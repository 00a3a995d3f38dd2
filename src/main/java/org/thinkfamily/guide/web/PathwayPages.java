package org.thinkfamily.guide.web;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.context.MessageSource;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseBody;
import org.thinkfamily.access.Actors;
import org.thinkfamily.access.NotFound;
import org.thinkfamily.clock.Timescale;
import org.thinkfamily.pathway.Charts;
import org.thinkfamily.pathway.Pathway;
import org.thinkfamily.pathway.RuleWords;
import org.thinkfamily.pathway.Rulebook;

/** The pathway, its rules and time limits, for anybody who is signed in: they name no family, so nobody's reading of them is noted (docs/pages.md). */
@Controller
class PathwayPages {

    /** As many columns can be read side by side; what a line asks of more stands in one cell. */
    private static final int COLUMNS = 4;

    private final Charts charts;
    private final Rulebook rulebook;
    private final Pathway pathway;
    private final Actors actors;
    private final RuleWords words;
    private final MessageSource messages;

    PathwayPages(Charts charts, Rulebook rulebook, Pathway pathway, Actors actors, RuleWords words, MessageSource messages) {
        this.charts = charts;
        this.rulebook = rulebook;
        this.pathway = pathway;
        this.actors = actors;
        this.words = words;
        this.messages = messages;
    }

    /** A limit in words. {@code length} has one sort key for all units: hours. */
    record LimitRow(String clock, String title, String sentence, String length, int hours, String from, String reminder, String told, String reference, String source, String status,
            List<Charts.Chart> processes) { }

    /** {@code late}: one sentence for each thing that happens. */
    record StepRow(Charts.Step step, String who, String length, List<String> late) { }

    record Section(String name, List<StepRow> steps) { }

    /** {@code asked}: what it asks of each column, or one cell for all where there are many; {@code conditions} then holds them with their labels. */
    record LineRow(Rulebook.Line line, List<String> asked, List<String> conditions, List<String> answers) { }

    record TableRow(Rulebook.Table table, boolean wide, List<LineRow> lines) { }

    @GetMapping("/pathway")
    String pathway(Model model) {
        model.addAttribute("processes", charts.all());
        model.addAttribute("rules", rulebook.all());
        return "guide/pathway";
    }

    @GetMapping("/pathway/{process}")
    String process(@PathVariable String process, Model model) {
        Charts.Chart chart = charts.of(process).orElseThrow(NotFound::new);
        Map<String, Timescale> limits = rulebook.limits().stream().map(Rulebook.Limit::timescale).collect(Collectors.toMap(Timescale::clock, Function.identity()));
        Map<String, String> roles = actors.roleNames();
        model.addAttribute("chart", chart);
        model.addAttribute("sections", chart.sections().stream().map(section -> new Section(section.name(), section.steps().stream().map(step -> row(step, limits, roles)).toList())).toList());
        model.addAttribute("wide", true);
        model.addAttribute("back", "/pathway");
        return "guide/process";
    }

    private StepRow row(Charts.Step step, Map<String, Timescale> limits, Map<String, String> roles) {
        Timescale limit = step.clock() == null ? null : limits.get(step.clock());
        List<String> late = new ArrayList<>();
        if (limit != null && limit.lateRole() != null) {
            late.add(say("pathway.late.told", role(limit.lateRole(), roles)));
        }
        if (step.kind() != Charts.Kind.WAIT) {
            step.timers().stream().sorted(Comparator.comparingInt(timer -> limits.containsKey(timer.clock()) ? hours(limits.get(timer.clock())) : 0)).forEach(timer -> late.add(say(timer.ends() ? "pathway.late.ends" : "pathway.late.also", when(timer, limits, "pathway.late.rule"), String.join("; ", timer.then()), timer.then().size())));
        }
        if (late.isEmpty() && limit != null) {
            late.add(say("pathway.late.nothing"));
        }
        String who = step.kind() == Charts.Kind.PERSON || step.kind() == Charts.Kind.START && step.form() != null || step.kind() == Charts.Kind.EVENT || step.kind() == Charts.Kind.MAIL
                ? step.who().stream().map(role -> role(role, roles)).collect(Collectors.joining(", ")) : "";
        if (step.otherwise() != null) {
            who = say("pathway.otherwise", who, role(step.otherwise(), roles));
        }
        String length = step.kind() == Charts.Kind.WAIT ? when(step.timers().get(0), limits, "pathway.limit.rule") : byRule(step.clock()) ? say("pathway.limit.rule") : limit == null ? null : length(limit);
        return new StepRow(step, who, length, late);
    }

    private String when(Charts.Timer timer, Map<String, Timescale> limits, String byRule) {
        String length = byRule(timer.clock()) ? say(byRule) : length(limits.get(timer.clock()));
        return timer.daysBefore() == null ? length : say("pathway.early", timer.daysBefore(), length);
    }

    private String role(String code, Map<String, String> roles) {
        return roles.containsKey(code) ? roles.get(code) : known("pathway.role.", code.replaceAll("[${}]", ""));
    }

    /** The diagram in force. */
    @GetMapping(value = "/pathway/{process}/diagram", produces = MediaType.APPLICATION_XML_VALUE)
    @ResponseBody
    String diagram(@PathVariable String process) {
        return charts.of(process).map(Charts.Chart::definitionId).flatMap(pathway::diagram).orElseThrow(NotFound::new);
    }

    @GetMapping("/pathway/time-limits")
    String limits(Model model) {
        Map<String, String> roles = actors.roleNames();
        Map<String, List<Charts.Chart>> used = new LinkedHashMap<>();
        charts.all().forEach(chart -> chart.sections().stream().flatMap(section -> section.steps().stream())
                .flatMap(step -> Stream.concat(clocks(step.clock()), step.timers().stream().map(Charts.Timer::clock).flatMap(this::clocks))).distinct()
                .forEach(clock -> used.computeIfAbsent(clock, name -> new ArrayList<>()).add(chart)));
        Set<String> drawn = charts.all().stream().flatMap(chart -> chart.sections().stream()).flatMap(section -> section.steps().stream()).flatMap(step -> step.timers().stream())
                .map(Charts.Timer::clock).flatMap(this::clocks).collect(Collectors.toSet());
        model.addAttribute("limits", rulebook.limits().stream().map(limit -> {
            Timescale timescale = limit.timescale();
            return new LimitRow(timescale.clock(), timescale.title(), limit.sentence(), length(timescale), hours(timescale),
                    known("limits.from.", timescale.countFrom() == null ? "begin" : timescale.countFrom()),
                    timescale.remindBefore() == null ? say("limits.no-reminder") : say("limits.before", say("clock.limit.working-days", timescale.remindBefore())),
                    timescale.lateRole() != null ? role(timescale.lateRole(), roles) : say(drawn.contains(timescale.clock()) ? "limits.told.process" : "limits.told.nobody"), timescale.reference(), timescale.source(),
                    timescale.status().code().replace(' ', '-'), used.getOrDefault(timescale.clock(), List.of()));
        }).toList());
        model.addAttribute("wide", true);
        model.addAttribute("back", "/pathway");
        return "guide/limits";
    }

    /** That clock, if any; where a table of rules says which, all that it can say. */
    private Stream<String> clocks(String clock) {
        return byRule(clock) ? rulebook.answers(clock.substring(2, clock.length() - 1)).stream() : Stream.ofNullable(clock);
    }

    private static boolean byRule(String clock) {
        return clock != null && clock.startsWith("${");
    }

    private String length(Timescale limit) {
        String amount = say("clock.limit." + limit.unit().code(), Math.abs(limit.amount()));
        return limit.amount() == 0 ? say("limits.at-once") : limit.amount() < 0 ? say("limits.before", amount) : amount;
    }

    private static int hours(Timescale limit) {
        return limit.amount() * switch (limit.unit()) {
            case HOURS -> 1;
            case DAYS -> 24;
            case WORKING_DAYS -> 24 * 7 / 5;
            case WEEKS -> 24 * 7;
            case MONTHS -> 24 * 30;
        };
    }

    @GetMapping("/pathway/rules/{decision}")
    String rules(@PathVariable String decision, Model model) {
        Rulebook.Rules rules = rulebook.of(decision).orElseThrow(NotFound::new);
        model.addAttribute("rules", rules);
        model.addAttribute("tables", rules.tables().stream().map(this::table).toList());
        model.addAttribute("wide", true);
        model.addAttribute("back", "/pathway");
        return "guide/rules";
    }

    private TableRow table(Rulebook.Table table) {
        List<String> names = table.inputs().stream().map(Rulebook.Column::name).toList();
        List<String> labels = table.inputs().stream().map(Rulebook.Column::label).toList();
        return new TableRow(table, table.inputs().size() <= COLUMNS, table.lines().stream().map(line -> {
            List<String> asked = IntStream.range(0, names.size()).mapToObj(at -> words.condition(names.get(at), line.inputs().get(at))).toList();
            return new LineRow(line, asked,
                    IntStream.range(0, names.size()).filter(at -> !asked.get(at).isEmpty()).mapToObj(at -> say("rules.condition", labels.get(at), asked.get(at))).toList(),
                    IntStream.range(0, table.outputs().size()).mapToObj(at -> words.answer(table.outputs().get(at).name(), line.outputs().get(at), names, labels)).toList());
        }).toList());
    }

    /** The words for a name that models may use; the name itself where nobody has given it words. */
    private String known(String kind, String name) {
        return messages.getMessage(kind + name, null, name, Locale.UK);
    }

    private String say(String key, Object... arguments) {
        return messages.getMessage(key, arguments, Locale.UK);
    }
}
