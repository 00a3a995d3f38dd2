package org.thinkfamily.attachments.web;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import org.thinkfamily.access.Actor;
import org.thinkfamily.attachments.Attachments;
import org.thinkfamily.attachments.Refused;
import org.thinkfamily.web.ApiProblem;

/** Files attached to entries, for programs: the same rules as on the pages. */
@RestController
@RequestMapping("/api/v1/families/{ref}/entries/{id}/files")
class AttachmentsApi {

    private final Attachments attachments;

    AttachmentsApi(Attachments attachments) {
        this.attachments = attachments;
    }

    /** {@code name}, {@code sha256}: absent for a file that was removed. {@code scan}: a file that waits is listed for who added it alone. */
    record File(long id, String name, String mediaType, long bytes, String sha256, String restricted, @Schema(allowableValues = {"none", "waiting", "clean", "infected"}) String scan,
            String addedBy, Instant addedAt, Removed removed) { }

    record Removed(String by, Instant at, String reason) { }

    record Files(List<File> items) { }

    @GetMapping
    Files attachments(Actor actor, @PathVariable String ref, @PathVariable long id) {
        return new Files(attachments.list(actor, ref, id).stream().map(file -> new File(file.id(), file.name(), file.mediaType(), file.bytes(), file.sha256(), file.restricted(), file.scan(),
                file.addedByName(), file.addedAt(), file.removedAt() == null ? null : new Removed(file.removedByName(), file.removedAt(), file.removedWhy()))).toList());
    }

    record Added(long id) { }

    /** Attaches a file of {@code multipart/form-data}; {@code childView}: kept to those who may read a child's own view, and to the caller. */
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Added addAttachment(Actor actor, @PathVariable String ref, @PathVariable long id, @RequestParam(required = false) MultipartFile file, @RequestParam(defaultValue = "false") boolean childView)
            throws IOException {
        try {
            return new Added(AttachmentPages.add(attachments, actor, ref, id, file, childView));
        } catch (Refused refused) {
            throw ApiProblem.invalid("/file", refused.key(), refused.values());
        }
    }

    @GetMapping("/{file}")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = "application/octet-stream", schema = @Schema(type = "string", format = "binary")))
    void attachment(Actor actor, @PathVariable String ref, @PathVariable long id, @PathVariable long file, HttpServletResponse response) throws IOException {
        attachments.take(actor, ref, id, file, found -> AttachmentPages.download(found, response));
    }

    /** Why a file should not be there. */
    record Removal(String reason) { }

    @PostMapping("/{file}/removal")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void removeAttachment(Actor actor, @PathVariable String ref, @PathVariable long id, @PathVariable long file, @RequestBody Removal removal) {
        try {
            attachments.remove(actor, ref, id, file, removal.reason() == null ? "" : removal.reason());
        } catch (Refused refused) {
            throw ApiProblem.invalid("/reason", refused.key(), refused.values());
        }
    }
}
