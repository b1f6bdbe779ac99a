using System;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Interop.Native;

/// <summary>
/// Runs one native call away from the caller's thread. A missing library or export and a closed handle become an
/// <see cref="HcsException"/>.
/// </summary>
internal static class NativeCall
{
    /// <summary>
    /// Runs the call on a thread-pool thread of its own, because the service may block it for any time. When the caller
    /// stops waiting, the call keeps running, and the safe handles it was given stay open until it returns.
    /// </summary>
    /// <exception cref="HcsException">The library or the export is missing, or the handle is closed.</exception>
    internal static Task<T> RunAsync<T>(string function, string? systemId, Func<T> call) =>
        Task.Run(() => Run(function, systemId, call));

    /// <summary>
    /// Runs the call on a thread that ends with it: for a call that takes minutes, or that changes its thread.
    /// </summary>
    /// <exception cref="HcsException">The library or the export is missing.</exception>
    internal static Task<T> RunAloneAsync<T>(string function, Func<T> call) => Task.Factory.StartNew(
        () => Run(function, null, call),
        CancellationToken.None,
        TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach,
        TaskScheduler.Default);

    /// <summary>
    /// Returns the document with every link in the paths of its mapped folders resolved: the service follows no link
    /// for a container that shares the kernel of the host.
    /// </summary>
    internal static Task<string> WithoutLinksAsync(ComputeOperation operation, string systemId, string document) =>
        RunAsync(operation.Function(), systemId, () => MappedHostPaths.Resolve(document, FinalPath.Of));

    /// <inheritdoc cref="RunAsync{T}"/>
    internal static T Run<T>(string function, string? systemId, Func<T> call)
    {
        try
        {
            return call();
        }
        catch (DllNotFoundException e)
        {
            throw new HcsException(function, HResult.ModuleNotFound, systemId, null, e);
        }
        catch (EntryPointNotFoundException e)
        {
            throw new HcsException(function, NativeResult.ExportMissing, systemId, null, e);
        }
        catch (BadImageFormatException e)
        {
            throw new HcsException(function, HResult.BadExeFormat, systemId, null, e);
        }
        catch (ObjectDisposedException e)
        {
            throw new HcsException(function, HResult.InvalidHandle, systemId, null, e);
        }
    }
}
