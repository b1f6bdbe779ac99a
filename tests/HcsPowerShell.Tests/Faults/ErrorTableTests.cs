using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Faults;

/// <summary>
/// Tests the error for each code of the service, by a table that was written from the published facts and not from the
/// product: both families of HCS codes, codes of other components, and unknown codes.
/// </summary>
public sealed class ErrorTableTests(Session session) : FaultySession(session)
{
    public static TheoryData<string, string, string, string> Rows
    {
        get
        {
            var rows = new TheoryData<string, string, string, string>();
            foreach (string line in File.ReadLines(Path.Combine(StagedModule.RepositoryRoot, "tests", "data", "errors.jsonl")))
            {
                using JsonDocument row = JsonDocument.Parse(line);
                string Member(string name) => row.RootElement.GetProperty(name).GetString()!;
                rows.Add(Member("code"), Member("id"), Member("category"), Member("sentence"));
            }

            return rows;
        }
    }

    [Fact]
    public void The_table_is_whole()
    {
        string[] codes = [.. Rows.Select(r => r.Data.Item1)];
        Assert.Equal(codes.Length, codes.Distinct().Count());
        Assert.Equal(0x23 * 2, codes.Count(c => c.StartsWith("0x803701", StringComparison.Ordinal)
            || c.StartsWith("0xC03701", StringComparison.Ordinal)) - 1);
        Assert.DoesNotContain("NotSpecified", Rows.Select(r => r.Data.Item3));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_code_becomes_an_error(string code, string id, string category, string sentence)
    {
        dynamic container = Session.NewRunning();
        Plan($"Operation = 'Pause'; HResult = '{code}'");
        ErrorRecord error = Session.Run("Suspend-HcsContainer $c", ("c", container))
            .RequireError(id, Enum.Parse<ErrorCategory>(category));
        Assert.StartsWith(
            $"Cannot suspend container '{container.Id}': {sentence}.", error.ToString(), StringComparison.Ordinal);

        // The message has the words of the service, the function and the exact code.
        Assert.Contains("Injected by rule 0", error.ToString(), StringComparison.Ordinal);
        Assert.EndsWith($"(HcsPauseComputeSystem: {code})", error.ToString(), StringComparison.Ordinal);
        Assert.Equal((string)container.Id, error.TargetObject);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
        dynamic failure = error.Exception;
        Assert.Equal(Convert.ToInt32(code, 16), (int)failure.HResult);
        Assert.Equal((string)container.Id, (string)failure.SystemId);
        Assert.Contains(
            $"\"Error\":{Convert.ToInt32(code, 16)}", (string)failure.ResultDocument, StringComparison.Ordinal);
    }
}
