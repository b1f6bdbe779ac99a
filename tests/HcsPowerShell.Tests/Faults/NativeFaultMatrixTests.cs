using System;
using System.IO;
using System.Linq;
using HcsPowerShell.Contract;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Faults;

/// <summary>
/// Runs every operation of the Windows libraries with every fault of their mocks, through the commands. A user gets the
/// error of the table in tests/data in time, and afterwards the next command works and nothing is left. A run of all
/// tests covers one cell in three; the full form covers every cell, lost answers and documents of 50 MB.
/// </summary>
public sealed class NativeFaultMatrixTests
{
    // Runs one of this many cells.
    private static readonly int s_every = Campaign.IsFull ? 1 : 3;

    private static readonly string s_table =
        Path.Combine(StagedModule.RepositoryRoot, "tests", "data", "native-command-fault-matrix.tsv");

    [Theory]
    [InlineData("1", "vmcompute")]
    [InlineData("2", "computecore", "vmcompute")]
    public void Every_fault_ends_as_the_table_says(string schema, params string[] libraries)
    {
        int cells = MockedEngine.Run(
            "faults.ps1", libraries, "-Schema", schema, "-Table", s_table, "-Every", $"{s_every}", "-Long", Campaign.IsFull ? "1" : "0");
        Assert.Equal(Cells(libraries[0]), cells);
        Campaign.Tell($"faults of {libraries[0]} through the commands: {cells} cells, all as the table says");
    }

    private static int Cells(string library)
    {
        string[][] lines = [.. File.ReadLines(s_table).Select(line => line.Split('\t'))];
        string[] faults = [.. lines[0][5..].Where(fault => Campaign.IsFull || fault != "Lost")];
        int all = lines.Where(line => line[0] == library)
            .Sum(line => faults.Count(fault => line[Array.IndexOf(lines[0], fault)] != "n/a"));
        return (all + s_every - 1) / s_every;
    }
}
