/** The pathway to read: its processes, rules and time limits in words. It holds nothing about anybody. */
package org.thinkfamily.guide;
