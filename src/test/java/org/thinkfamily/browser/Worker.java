package org.thinkfamily.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.thinkfamily.access.DemoUsers;

/** Somebody at a browser, who reads pages and fills in forms. */
final class Worker {

    private static final String WORDS = "Told to me, and written down in plain words.";

    /** The questions on the page as a reader sees them: key, kind, choices, whether answered, whether it may be left out. */
    private static final String QUESTIONS = """
            () => {
              const found = new Map();
              for (const field of document.querySelectorAll('#questions input:not([type=hidden]), #questions select, #questions textarea')) {
                if (!field.name) continue;
                const date = field.closest('.govuk-date-input');
                const name = date ? field.name.replace(/-(day|month|year)$/, '') : field.name;
                const group = field.closest('fieldset:not(.app-row)');
                const box = /^(radio|checkbox)$/.test(field.type);
                if (!found.has(name)) {
                  const label = group && (box || date) ? group.querySelector('legend') : field.labels[0];
                  found.set(name, { name, kind: date ? 'date' : field.type === 'checkbox' && !group?.querySelector('.govuk-checkboxes') ? 'tick' : field.type,
                    optional: label.textContent.trim().endsWith('(optional)'), again: field.closest('[data-asks-again]') !== null, values: [], choices: [], ids: [] });
                }
                const question = found.get(name);
                question.ids.push(field.id);
                if (box) {
                  question.choices.push(field.value);
                  if (field.checked) question.values.push(field.value);
                } else {
                  if (field.options) question.choices.push(...[...field.options].map(option => option.value).filter(value => value));
                  if (field.value) question.values.push(field.value);
                }
              }
              return [...found.values()];
            }
            """;

    private final Page page;
    private final LocalDate today;

    Worker(Page page, LocalDate today) {
        this.page = page;
        this.today = today;
    }

    Page page() {
        return page;
    }

    Worker open(String path) {
        page.navigate(path);
        return this;
    }

    void signIn(String username) {
        page.getByLabel("Username", new Page.GetByLabelOptions().setExact(true)).fill(username);
        page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true)).fill(DemoUsers.PASSWORD);
        page.locator("main form").first().getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Sign in").setExact(true)).click();
        assertThat(page.locator(".tf-header__signout")).isVisible();
    }

    void signOut() {
        press("Sign out");
        assertThat(heading("Sign in")).isVisible();
    }

    void press(String button) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button).setExact(true)).click();
    }

    void follow(String link) {
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(link).setExact(true)).click();
    }

    Locator heading(String text) {
        return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(text).setExact(true).setLevel(1));
    }

    void sees(String text) {
        assertThat(page.locator("main")).containsText(text);
    }

    // ---------------------------------------------------------------- tasks

    /** Goes to the task of that name for the family: an own one, else one that waits for the team, which is then taken. */
    void takes(String task, String family) {
        if (finds("/work", task, family)) {
            row(task, family).first().getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(task).setExact(true)).click();
        } else {
            finds("/work/team", task, family);
            row(task, family).first().getByRole(AriaRole.BUTTON).click();
        }
        assertThat(heading(task)).isVisible();
    }

    /** Turns the pages of a list until the task is there. Returns whether it is. */
    boolean finds(String list, String task, String family) {
        open(list);
        Locator next = page.locator("main a[rel='next']");
        while (row(task, family).count() == 0 && next.count() > 0) {
            page.navigate(next.getAttribute("href"));
        }
        return row(task, family).count() > 0;
    }

    /** The rows of the list on the page that show this task for this family. */
    Locator row(String task, String family) {
        return page.locator("main tbody tr").filter(new Locator.FilterOptions().setHasText(family))
                .filter(new Locator.FilterOptions().setHas(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(task).setExact(true))));
    }

    /** Does a task from the list to the signature. */
    void does(String task, String family, Object... said) {
        takes(task, family);
        fills(said);
        files();
    }

    /** From the filled-in questions over the answers to the signature. */
    void files() {
        carriesOn();
        press("Sign and send");
        assertThat(page.locator(".govuk-notification-banner--success")).containsText("Filed: ");
    }

    /** Sends the questions, which must all be answered. */
    void carriesOn() {
        press("Continue");
        Locator next = page.locator("h1:text-is('Check your answers'), .govuk-error-summary").first();
        assertThat(next).isVisible();
        if (page.locator(".govuk-error-summary").count() > 0) {
            throw new AssertionError(page.url() + " is not content: " + page.locator(".govuk-error-summary__list li").allTextContents());
        }
    }

    // ---------------------------------------------------------------- questions

    private record Question(String name, String kind, boolean optional, boolean again, List<String> values, List<String> choices, List<String> ids) {

        @SuppressWarnings("unchecked")
        static Question of(Map<String, Object> found) {
            return new Question((String) found.get("name"), (String) found.get("kind"), (boolean) found.get("optional"), (boolean) found.get("again"),
                    (List<String>) found.get("values"), (List<String>) found.get("choices"), (List<String>) found.get("ids"));
        }

        boolean answered() {
            return kind.equals("date") ? values.size() == 3 : !values.isEmpty();
        }
    }

    @SuppressWarnings("unchecked")
    private List<Question> questions() {
        return ((List<Map<String, Object>>) page.evaluate(QUESTIONS)).stream().map(Question::of).toList();
    }

    /** The keys of the questions on the page now. */
    List<String> asked() {
        return questions().stream().map(Question::name).toList();
    }

    /**
     * Answers every question that has no answer and must have one, also those that appear on the way.
     *
     * @param said keys with the answers that matter, in turn; {@code children.effect} answers a question in each row, {@code children[0].effect} in one.
     *     The others get the first choice, today, or some words
     */
    void fills(Object... said) {
        Map<String, Object> wanted = new LinkedHashMap<>();
        for (int at = 0; at < said.length; at += 2) {
            wanted.put((String) said[at], said[at + 1]);
        }
        settled();
        Set<String> used = new HashSet<>();
        Set<String> done = new HashSet<>();
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Question question : questions()) {
                String key = wanted.containsKey(question.name()) ? question.name() : question.name().replaceAll("\\[\\d+]", "");
                Object answer = wanted.get(key);
                used.add(key);
                if (!done.add(question.name()) || answer == null && (question.optional() || question.answered())) {
                    continue;
                }
                answer(question, answer == null ? usual(question) : answer);
                if (question.again()) {
                    changed = true;
                    break;
                }
            }
        }
        if (!used.containsAll(wanted.keySet())) {
            throw new AssertionError(page.url() + " does not ask " + wanted.keySet().stream().filter(key -> !used.contains(key)).toList() + " but " + asked());
        }
    }

    /** Answers one question. */
    void answers(String key, Object value) {
        answer(questions().stream().filter(question -> question.name().equals(key)).findFirst().orElseThrow(() -> new AssertionError("not asked: " + key + " among " + asked())), value);
    }

    private Object usual(Question question) {
        return switch (question.kind()) {
            case "radio", "select-one" -> question.choices().get(0);
            case "checkbox" -> List.of(question.choices().get(0));
            case "tick" -> true;
            case "date" -> today.toString();
            default -> WORDS;
        };
    }

    private void answer(Question question, Object value) {
        switch (question.kind()) {
            case "radio" -> control(question, value).check();
            case "checkbox" -> ((List<?>) value).forEach(each -> control(question, each).check());
            case "tick" -> byId(question.ids().get(0)).setChecked((boolean) value);
            case "select-one" -> byId(question.ids().get(0)).selectOption((String) value);
            case "date" -> {
                String[] parts = ((String) value).split("-");
                for (int part = 0; part < 3; part++) {
                    byId(question.ids().get(part)).fill(parts[2 - part]);
                }
            }
            default -> byId(question.ids().get(0)).fill((String) value);
        }
        if (question.again()) {
            settled();
        }
    }

    private Locator control(Question question, Object value) {
        int at = question.choices().indexOf(Objects.toString(value));
        if (at < 0) {
            throw new AssertionError(question.name() + " offers " + question.choices() + ", not " + value);
        }
        return byId(question.ids().get(at));
    }

    private Locator byId(String id) {
        return page.locator("[id='" + id + "']");
    }

    /** Waits until the server has said which questions there are now. */
    void settled() {
        assertThat(page.locator("#questions:not([aria-busy])")).hasCount(1);
        page.waitForLoadState();
    }

    /** Adds rows to a list until there are so many. */
    void adds(String list, int rows) {
        Locator there = page.locator("[id='q-" + list + "'] > .app-row");
        for (int before = there.count(); before < rows; before++) {
            page.locator("button[name='add'][value='" + list + "']").click();
            assertThat(there).hasCount(before + 1);
            settled();
        }
    }
}
