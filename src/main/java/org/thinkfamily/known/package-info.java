/** Whether somebody is known to services, asked by people who may not see the family: which service and how to reach it, and no more. */
package org.thinkfamily.known;
