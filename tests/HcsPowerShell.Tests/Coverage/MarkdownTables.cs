using System;
using System.Collections.Generic;
using System.Linq;

namespace HcsPowerShell.Tests.Coverage;

/// <summary>Reads the rows of the tables of a page, by the column names in each header.</summary>
internal static class MarkdownTables
{
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Read(IEnumerable<string> lines)
    {
        List<IReadOnlyDictionary<string, string>> rows = [];
        string[]? header = null;
        foreach (string line in lines)
        {
            string[]? cells = line.StartsWith('|') ? Cells(line) : null;
            if (cells is null)
            {
                header = null;
            }
            else if (header is null)
            {
                header = cells;
            }
            else if (!cells.All(cell => cell.Length > 0 && cell.All(c => c is '-' or ':')))
            {
                if (cells.Length != header.Length)
                {
                    throw new FormatException($"{cells.Length} cells under {header.Length} headings: {line}");
                }

                rows.Add(header.Zip(cells).ToDictionary(pair => pair.First, pair => pair.Second));
            }
        }

        return rows;
    }

    private static string[] Cells(string line) =>
        [.. line.Trim().Trim('|').Split('|').Select(cell => cell.Trim().Trim('`'))];
}
