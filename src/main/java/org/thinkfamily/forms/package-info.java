/** A Camunda Form: read, shown as GOV.UK Design System markup on the server, and its answers checked. */
package org.thinkfamily.forms;
