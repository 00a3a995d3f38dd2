/** Child protection: what is checked about conferences that their forms cannot say. */
package org.thinkfamily.protection;
