/** The pages of who governs information, and why a family's record is kept until when. */
package org.thinkfamily.retention.web;
