using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
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
    private const int BadExeFormat = unchecked((int)0x800700C1);
    private const int ModuleNotFound = unchecked((int)0x8007007E);

    public static TheoryData<string, string, string, string, string> Rows
    {
        get
        {
            var rows = new TheoryData<string, string, string, string, string>();
            foreach (string line in File.ReadLines(Path.Combine(StagedModule.RepositoryRoot, "tests", "data", "errors.jsonl")))
            {
                using JsonDocument row = JsonDocument.Parse(line);
                string Member(string name) => row.RootElement.GetProperty(name).GetString()!;
                rows.Add(Member("code"), Member("id"), Member("category"), Member("sentence"), Member("symbol"));
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
    public void A_code_becomes_an_error(string code, string id, string category, string sentence, string symbol)
    {
        dynamic container = Session.NewRunning();
        Plan($"Operation = 'Pause'; HResult = '{code}'");
        ErrorRecord error = Session.Run("Suspend-HcsContainer $c", ("c", container))
            .RequireError(id, Enum.Parse<ErrorCategory>(category));
        Assert.StartsWith(
            $"Cannot suspend container '{container.Id}': {sentence}.", error.ToString(), StringComparison.Ordinal);

        // The message has the words of the service, the function, the exact code and its name.
        Assert.Contains("Injected by rule 0", error.ToString(), StringComparison.Ordinal);
        string told = symbol.Length > 0 ? $"{code}, {symbol}" : code;
        Assert.EndsWith($"(HcsPauseComputeSystem: {told})", error.ToString(), StringComparison.Ordinal);
        Assert.Equal((string)container.Id, error.TargetObject);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
        dynamic failure = error.Exception;
        Assert.Equal(Convert.ToInt32(code, 16), (int)failure.HResult);
        Assert.Equal(symbol.Length > 0 ? symbol : null, (string?)failure.Symbol);
        Assert.Equal((string)container.Id, (string)failure.SystemId);
        Assert.Contains(
            $"\"Error\":{Convert.ToInt32(code, 16)}", (string)failure.ResultDocument, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(BadExeFormat, typeof(BadImageFormatException), true, "HcsLibraryNotUsable", "another kind of processor")]
    [InlineData(BadExeFormat, typeof(BadImageFormatException), false, "HcsLibraryNotUsable", "32-bit PowerShell")]
    [InlineData(ModuleNotFound, typeof(DllNotFoundException), true, "HcsNotInstalled", "not on this machine")]
    [InlineData(ModuleNotFound, typeof(DllNotFoundException), false, "HcsLibraryNotUsable", "32-bit PowerShell")]
    [InlineData(BadExeFormat, null, true, "HcsInvalidData", "the file is not an executable")]
    [InlineData(BadExeFormat, null, false, "HcsInvalidData", "the file is not an executable")]
    public void A_library_that_does_not_fit_the_process_is_no_fault_of_an_executable(
        int code, Type? cause, bool is64Bit, string id, string sentence)
    {
        object row = Find(code, cause is null ? null : (Exception)Activator.CreateInstance(cause)!, is64Bit);
        Assert.Equal(id, Text(row, "Id"));
        Assert.Contains(sentence, Text(row, "Sentence"), StringComparison.Ordinal);
    }

    private static string Text(object row, string member) => (string)row.GetType().GetProperty(member)!.GetValue(row)!;

    private object Find(int code, Exception? cause, bool is64Bit)
    {
        MethodInfo find = ((Assembly)Session.Single("(Get-Command Get-HcsHost).ImplementingType.Assembly"))
            .GetType("HcsPowerShell.Errors.HcsErrorTable")!.GetMethods()
            .Single(method => method.Name == "Find" && method.GetParameters().Length == 2);
        object failure = Activator.CreateInstance(
            find.GetParameters()[0].ParameterType, "HcsCreateComputeSystem", code, null, null, cause, null)!;
        return find.Invoke(null, [failure, is64Bit])!;
    }
}
