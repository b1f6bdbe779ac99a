using System.Collections.Concurrent;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Embedded.Tests.Faults;

/// <summary>Records the calls that reached the inner service, in order.</summary>
internal sealed class CallLog
{
    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>The exception with which calls fail, if there is one.</summary>
    public HcsException? Refusal { get; set; }

    public void Add(string call) => Calls.Enqueue(call);

    public Task<T> Do<T>(string call, T result)
    {
        Add(call);
        return Refusal is null ? Task.FromResult(result) : Task.FromException<T>(Refusal);
    }
}
