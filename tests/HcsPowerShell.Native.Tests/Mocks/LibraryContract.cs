using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Contract;
using HcsPowerShell.Interop;
using Xunit;

namespace HcsPowerShell.Native.Tests.Mocks;

/// <summary>
/// The contract tests on one library, and every operation with every fault of the library, by the table in tests/data.
/// A caller gets the expected code and result document in time, and the next call works. The contract itself covers
/// calls that wait at a disconnect. The table has no such cells for the end of standard input, because that may end the
/// process before its call is refused.
/// </summary>
public abstract class LibraryContract : MockContract
{
    private const int Code = unchecked((int)0x8037011C);
    private const int Small = 1 << 20;
    private const int Large = 50 << 20;

    private static readonly TimeSpan s_lost = TimeSpan.FromMilliseconds(300);

    /// <summary>The library behind the adapter.</summary>
    protected abstract MockLibrary Library { get; }

    /// <summary>
    /// Returns the cells of a library. A cell is n/a if the library has no such operation (vmcompute has no service
    /// properties) or its mock has no such fault (the mock of computecore does not take back the pipes of a process
    /// whose start fails later or never completes). Lost answers run in the full form only, because a handle with a
    /// lost answer takes ten seconds to close.
    /// </summary>
    protected static TheoryData<ComputeOperation, string, string> CellsOf(MockLibrary library)
    {
        var data = new TheoryData<ComputeOperation, string, string>();
        foreach (Dictionary<string, string> row in Rows()
            .Where(row => row["Library"].Equals(library.Name, StringComparison.OrdinalIgnoreCase)))
        {
            foreach ((string fault, string expected) in row.Skip(2)
                .Where(cell => cell.Value != "n/a" && (Campaign.IsFull || cell.Key != "Lost")))
            {
                data.Add(Enum.Parse<ComputeOperation>(row["Operation"]), fault, expected);
            }
        }

        return data;
    }

    protected async Task EndsAsync(ComputeOperation operation, string fault, string expected)
    {
        MockLibrary mock = Library;
        SlowCall slow = await PrepareAsync(operation);
        string? document = fault switch
        {
            "Malformed" => "{ no",
            "Empty" => " ",
            "Large" => $$"""{"Error":-2143878884,"ErrorMessage":"{{new string('x', Campaign.IsFull ? Large : Small)}}"}""",
            _ => null,
        };
        foreach (string function in new[] { operation.Function(), operation.Function().Replace("ShutDown", "Shutdown", StringComparison.Ordinal) }.Distinct())
        {
            mock.SetFault(
                function,
                fault switch { "Delayed" => MockFault.None, "Lost" => MockFault.Lost, "FailsLater" => MockFault.Completion, _ => MockFault.Call },
                fault is "Delayed" or "Lost" ? 0 : Code,
                fault == "Delayed" ? 50 : 0,
                document);
        }

        Task call = slow.Call(new CallOptions(Limit, fault == "Lost" ? s_lost : TimeSpan.FromSeconds(20)));
        try
        {
            await call.Within();
            Assert.Equal("-", expected);
        }
        catch (HcsException refusal)
        {
            Assert.Equal(expected, $"0x{refusal.HResult:X8}");
            Assert.Equal(operation.Function(), refusal.Function, ignoreCase: true);

            // The open functions of computecore return no document.
            if (document == "{ no" && (mock == MockLibrary.VmCompute || operation is not (ComputeOperation.Open or ComputeOperation.OpenProcess)))
            {
                Assert.Equal(document, refusal.ResultDocument);
            }
        }

        if (call.IsCompletedSuccessfully && call is Task<IContainer> container)
        {
            await (await container).TerminateAsync(Limit);
            await (await container).Exited.Within();
            (await container).Close();
        }

        (call.IsCompletedSuccessfully ? (call as Task<IProcess>)?.Result : null)?.Close();
        slow.Process?.Close();

        // The adapter closes a handle even if a call on it never completes.
        mock.SetClosesPending(true);
        IContainer next = await CreateStartedAsync();
        Assert.Equal("Running", await StateOfAsync(next));
    }

    private static IEnumerable<Dictionary<string, string>> Rows()
    {
        string[][] lines =
        [
            .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "data", "native-fault-matrix.tsv")).Select(line => line.Split('\t')),
        ];
        return lines.Skip(1).Select(line => lines[0].Zip(line).ToDictionary(column => column.First, column => column.Second));
    }
}
