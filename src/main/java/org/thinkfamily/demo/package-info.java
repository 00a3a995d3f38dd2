/** A synthetic authority to look at, with a clock that can be moved. Exists in the demo profile only. */
package org.thinkfamily.demo;
