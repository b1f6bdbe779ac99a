using System;
using System.ComponentModel;
using System.IO;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Embedded.Service;

/// <summary>
/// Turns exceptions .NET throws because of this machine into refusals before they leave the host; an exception of a
/// defect stays unchanged.
/// </summary>
internal static class HostFailure
{
    /// <param name="id">The system.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="work">The work of the operation.</param>
    /// <exception cref="HcsException">The work is refused, or the machine lacks what it needs.</exception>
    public static async Task<T> NamedAsync<T>(string? id, ComputeOperation operation, Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or OutOfMemoryException or Win32Exception)
        {
            throw Refusal.OfHost(id, operation.Function(), null, e);
        }
    }

    /// <inheritdoc cref="NamedAsync{T}(string?, ComputeOperation, Func{Task{T}})"/>
    public static Task NamedAsync(string? id, ComputeOperation operation, Func<Task> work) =>
        NamedAsync(id, operation, async () =>
        {
            await work().ConfigureAwait(false);
            return true;
        });
}
