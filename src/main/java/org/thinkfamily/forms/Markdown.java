package org.thinkfamily.forms;

import java.util.List;
import java.util.Map;

import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BulletList;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** Guidance as GOV.UK markup. HTML in it is shown as text, never as markup; links with scripts go nowhere. */
final class Markdown {

    private static final Parser PARSER = Parser.builder().build();
    private static final HtmlRenderer RENDERER = HtmlRenderer.builder().escapeHtml(true).sanitizeUrls(true)
            .attributeProviderFactory(context -> Markdown::classes).build();

    private Markdown() {
    }

    static String html(String text) {
        Node document = PARSER.parse(text);
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Heading heading) {
                // The page has the one first-level heading.
                heading.setLevel(Math.min(heading.getLevel() + 1, 6));
                visitChildren(heading);
            }
        });
        return RENDERER.render(document);
    }

    private static void classes(Node node, String tag, Map<String, String> attributes) {
        if (tag.equals("p")) {
            attributes.put("class", "govuk-body");
        } else if (node instanceof BulletList) {
            attributes.put("class", "govuk-list govuk-list--bullet");
        } else if (node instanceof OrderedList) {
            attributes.put("class", "govuk-list govuk-list--number");
        } else if (node instanceof Heading heading) {
            attributes.put("class", "govuk-heading-" + List.of("m", "m", "m", "s", "s", "s", "s").get(heading.getLevel()));
        } else if (node instanceof Link) {
            attributes.put("class", "govuk-link");
        }
    }
}
