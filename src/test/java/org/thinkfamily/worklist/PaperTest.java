package org.thinkfamily.worklist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.thinkfamily.Requirement;
import org.thinkfamily.TestFamily;
import org.thinkfamily.ThinkFamilyTest;
import org.thinkfamily.family.Families;
import org.thinkfamily.forms.Component;
import org.thinkfamily.forms.Form;
import org.thinkfamily.pathway.Pathway;

/** Any form on paper, blank. */
@ThinkFamilyTest
class PaperTest {

    @Autowired
    private MockMvc web;
    @Autowired
    private Pathway pathway;
    @Autowired
    private Families families;
    @Autowired
    private JdbcClient jdbc;

    private String page(String path) throws Exception {
        return web.perform(get(path).with(user(TestFamily.PRACTITIONER))).andReturn().getResponse().getContentAsString();
    }

    @Test
    @Requirement("U14")
    void everyFormThereIsCanBePrintedBlankWithAllItsQuestions() throws Exception {
        String list = page("/forms");
        List<Path> files;
        try (Stream<Path> found = Files.list(Path.of("forms"))) {
            files = found.filter(file -> file.toString().endsWith(".form")).toList();
        }
        List<Pathway.Asked> asked = pathway.forms();
        for (Path file : files) {
            Form form = Form.read(Files.readString(file));
            Pathway.Asked one = asked.stream().filter(each -> each.form().equals(form.id())).findFirst().orElseThrow(() -> new AssertionError(form.id() + " is not listed"));
            String address = "/forms/" + one.process() + "/" + form.id();
            assertThat(list).contains("href=\"" + address + "\"");
            String paper = page(address);
            List<String> missing = form.all().filter(question -> question.type().asks()).map(Component::label)
                    .filter(label -> !paper.contains(label.replace("&", "&amp;").replace("'", "&#39;").replace("\"", "&quot;"))).toList();
            assertThat(missing).as(form.id()).isEmpty();
        }
    }

    @Test
    @Requirement("U14")
    void aTaskPrintsBlankWithARowForEachChildAndInLargePrint() throws Exception {
        TestFamily family = TestFamily.open(families, jdbc, "Paper");
        String task = family.showTask(jdbc, "screening-effect");
        assertThat(page(task)).contains("href=\"" + task + "/blank\"");
        assertThat(page(task + "/blank")).contains("Mia Paper, aged", "Leo Paper, aged", "tf-paper__line", "href=\"" + task + "/blank?large=true\"").doesNotContain("tf-large");
        assertThat(page(task + "/blank?large=true")).contains("class=\"govuk-template tf-large\"");
    }
}
