package org.thinkfamily.attachments.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.MessageSource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.thinkfamily.access.Actor;
import org.thinkfamily.attachments.Attachments;
import org.thinkfamily.attachments.Refused;

/** Files on the page of an entry. */
@Controller
class AttachmentPages {

    private final Attachments attachments;
    private final MessageSource messages;

    AttachmentPages(Attachments attachments, MessageSource messages) {
        this.attachments = attachments;
        this.messages = messages;
    }

    /** Back to the entry, with what was wrong when the file was refused. */
    @PostMapping("/families/{ref}/entries/{id}/files")
    String add(Actor actor, @PathVariable String ref, @PathVariable long id, @RequestParam(required = false) MultipartFile file, @RequestParam(defaultValue = "false") boolean childView,
            RedirectAttributes flash) throws IOException {
        String page = "redirect:/families/" + ref + "/entries/" + id + "#files";
        try {
            add(attachments, actor, ref, id, file, childView);
            flash.addFlashAttribute("noticeKey", "attachments.added");
        } catch (Refused refused) {
            flash.addFlashAttribute("errors", List.of(Map.of("field", "file", "message", messages.getMessage(refused.key(), refused.values(), Locale.UK))));
        }
        return page;
    }

    /** Attaches a file and has it scanned; who asks for a restriction gets it, also when they may not read what is so restricted. Returns its id. */
    static long add(Attachments attachments, Actor actor, String ref, long entry, MultipartFile file, boolean childView) throws IOException, Refused {
        long added = attachments.add(actor, ref, entry, file, childView ? "child-view" : null);
        attachments.scan(added);
        return added;
    }

    /** Back to the entry; what is wrong with the reason stands beside it. */
    @PostMapping("/families/{ref}/entries/{id}/files/{file}/remove")
    String remove(Actor actor, @PathVariable String ref, @PathVariable long id, @PathVariable long file, @RequestParam(defaultValue = "") String reason, RedirectAttributes flash) {
        try {
            attachments.remove(actor, ref, id, file, reason);
            flash.addFlashAttribute("noticeKey", "attachments.removed");
        } catch (Refused refused) {
            flash.addFlashAttribute("errors", List.of(Map.of("field", "why-" + file, "message", messages.getMessage(refused.key(), refused.values(), Locale.UK))));
            flash.addFlashAttribute("removing", Map.of("file", file, "reason", reason));
        }
        return "redirect:/families/" + ref + "/entries/" + id + "#files";
    }

    /** Only ever as a file to keep, never as a page of ours. */
    @GetMapping("/families/{ref}/entries/{id}/files/{file}")
    void take(Actor actor, @PathVariable String ref, @PathVariable long id, @PathVariable long file, HttpServletResponse response) throws IOException {
        attachments.take(actor, ref, id, file, found -> download(found, response));
    }

    /** Never shown by a browser as a page, whatever it holds. */
    static OutputStream download(Attachments.Attachment file, HttpServletResponse response) throws IOException {
        response.setContentType(file.mediaType());
        response.setContentLengthLong(file.bytes());
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment().filename(file.name(), StandardCharsets.UTF_8).build().toString());
        response.setHeader("Content-Security-Policy", "default-src 'none'; sandbox");
        return response.getOutputStream();
    }
}
