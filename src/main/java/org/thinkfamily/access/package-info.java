/** Who is signed in, which roles, service and team they hold, what they may see, and the audit of what they did. */
package org.thinkfamily.access;
