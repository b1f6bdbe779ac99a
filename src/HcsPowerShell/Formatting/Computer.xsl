<?xml version="1.0" encoding="utf-8"?>
<!--
  Adds the tables of a command that addresses another computer. Each is the usual table of an output type behind a column
  for the computer, for the objects with the type name that ComputerColumn adds.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output encoding="utf-8" />
  <xsl:key name="placed" match="View[ListControl//PropertyName = 'ComputerName']" use="Name" />

  <xsl:template match="@* | node()">
    <xsl:copy><xsl:apply-templates select="@* | node()" /></xsl:copy>
  </xsl:template>
  <xsl:template match="ViewDefinitions">
    <xsl:copy>
      <xsl:apply-templates />
      <!-- A host is one of its computer, and its name tells. -->
      <xsl:apply-templates select="View[TableControl and key('placed', Name) and Name != 'HcsHost']" mode="computer" />
    </xsl:copy>
  </xsl:template>

  <xsl:template match="@* | node()" mode="computer">
    <xsl:copy><xsl:apply-templates select="@* | node()" mode="computer" /></xsl:copy>
  </xsl:template>
  <!-- An object without the name may come after one that has it: by its own name it goes into the same table. -->
  <xsl:template match="ViewSelectedBy" mode="computer">
    <xsl:copy>
      <xsl:for-each select="TypeName"><TypeName><xsl:value-of select="." />#Computer</TypeName></xsl:for-each>
      <xsl:apply-templates />
    </xsl:copy>
  </xsl:template>
  <xsl:template match="TableHeaders" mode="computer">
    <xsl:copy>
      <TableColumnHeader><Label>Computer</Label><Width>10</Width></TableColumnHeader>
      <xsl:apply-templates mode="computer" />
    </xsl:copy>
  </xsl:template>
  <!-- The other columns give it room, so that all of them fit into 79 characters. -->
  <xsl:template match="TableColumnHeader/Width" mode="computer">
    <Width>
      <xsl:choose>
        <xsl:when test="../Label = 'OS'">7</xsl:when>
        <xsl:when test="../Label = 'ExitCode'">8</xsl:when>
        <xsl:when test="../Label = 'ProcessId' or ../Label = 'CPU(s)'">9</xsl:when>
        <xsl:when test="../Label = 'Owner' or ../Label = 'Commit(MB)' or ../Label = 'Read(MB)' or ../Label = 'Write(MB)'">10</xsl:when>
        <xsl:when test="../Label = 'PortMapping' or (. = 16 and (../Label = 'Id' or ../Label = 'Container'))">14</xsl:when>
        <!-- That of an event, which nobody types. -->
        <xsl:when test=". = 36 and ../../TableColumnHeader/Label = 'Time'">22</xsl:when>
        <xsl:when test=". &gt; 20 and . &lt; 36"><xsl:value-of select=". - 6" /></xsl:when>
        <xsl:otherwise><xsl:value-of select="." /></xsl:otherwise>
      </xsl:choose>
    </Width>
  </xsl:template>
  <xsl:template match="TableColumnItems" mode="computer">
    <xsl:copy>
      <TableColumnItem><PropertyName>ComputerName</PropertyName></TableColumnItem>
      <xsl:apply-templates mode="computer" />
    </xsl:copy>
  </xsl:template>
</xsl:stylesheet>
