/** Adding a file to an entry, and taking one out. */
package org.thinkfamily.attachments.web;
