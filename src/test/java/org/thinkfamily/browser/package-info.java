/** What people do in a browser, and what they see there. */
package org.thinkfamily.browser;
