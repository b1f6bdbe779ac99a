using System;
using System.Collections.Generic;
using System.Threading;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Lifecycle;
using HcsPowerShell.Interop.Native;
using HcsPowerShell.Interop.Networks;
using static HcsPowerShell.Interop.Native.Ole32;

namespace HcsPowerShell.Interop.ComputeNetwork;

/// <summary>
/// The calls on objects of one kind, each with a handle that is closed at its end. A kind adds its functions.
/// </summary>
/// <param name="kind">The kind.</param>
/// <param name="open">Name of the function that opens an object.</param>
internal abstract class ComputeNetworkObjects<THandle>(NetworkKind kind, string open) : IComputeNetworkObjects
    where THandle : NativeHandle
{
    private static readonly SchemaVersion s_schema = new() { Major = 2 };

    public IReadOnlyList<Guid> Find(string? filter)
    {
        string function = kind.Enumerate.Function();
        string query = HcsJson.Write(new HostComputeQuery { SchemaVersion = s_schema, Filter = filter });
        return AnswerDocument.ReadGuids(function, ComputeNetworkCall.Ask(
            function,
            (out SafeCoTaskString ids, out SafeCoTaskString error) => Enumerate(query, out ids, out error)));
    }

    public string? Read(Guid id, bool isDetailed, CancellationToken abandoned)
    {
        using THandle handle = Open(id);
        abandoned.ThrowIfCancellationRequested();
        return Read(handle, isDetailed);
    }

    public string? Create(Guid id, HostComputeObject document, CancellationToken abandoned)
    {
        string settings = HcsJson.Write(document);
        try
        {
            return Create(id, settings, document);
        }
        catch (HcsException refusal)
            when (refusal.Is(HResult.InvalidArgument) && refusal.Function == kind.Create.Function())
        {
            // Either the service takes no id, or the document is at fault; the second refusal tells that again.
            abandoned.ThrowIfCancellationRequested();
            return Create(Guid.Empty, settings, document);
        }
    }

    public void Modify(Guid id, ModifyNetworkSettingRequest request, CancellationToken abandoned)
    {
        string settings = HcsJson.Write(request);
        using THandle handle = Open(id);
        abandoned.ThrowIfCancellationRequested();
        ComputeNetworkCall.Run(
            kind.Modify.Function(), (out SafeCoTaskString error) => Modify(handle, settings, out error));
    }

    public void Delete(Guid id) =>
        ComputeNetworkCall.Run(kind.Delete.Function(), (out SafeCoTaskString error) => Delete(id, out error));

    /// <summary>Opens an object; the caller closes it.</summary>
    internal THandle Open(Guid id) => ComputeNetworkCall.Open(
        open, (out THandle handle, out SafeCoTaskString error) => Open(id, out handle, out error));

    /// <summary>The query of an answer in the schema of the documents here.</summary>
    internal static string QueryOf(bool isDetailed) =>
        HcsJson.Write(new HostComputeQuery { SchemaVersion = s_schema, Flags = isDetailed ? 1u : 0u });

    private string? Create(Guid id, string settings, HostComputeObject document)
    {
        bool isMade = false;
        try
        {
            using THandle handle = ComputeNetworkCall.Open(
                kind.Create.Function(),
                (out THandle made, out SafeCoTaskString error) =>
                {
                    int hresult = Create(id, settings, document, out made, out error);
                    isMade = hresult >= 0 && !made.IsInvalid;
                    return hresult;
                });
            return Read(handle, isDetailed: false);
        }
        catch when (isMade && id != Guid.Empty)
        {
            TryDelete(id);
            throw;
        }
    }

    private string? Read(THandle handle, bool isDetailed) => ComputeNetworkCall.Ask(
        kind.Query.Function(),
        (out SafeCoTaskString properties, out SafeCoTaskString error) =>
            Query(handle, QueryOf(isDetailed), out properties, out error));

    private void TryDelete(Guid id)
    {
        try
        {
            Delete(id);
        }
        catch (HcsException)
        {
            // The caller gets the failure that led here.
        }
    }

    private protected abstract int Enumerate(string query, out SafeCoTaskString ids, out SafeCoTaskString error);

    private protected abstract int Create(
        Guid id, string settings, HostComputeObject document, out THandle handle, out SafeCoTaskString error);

    private protected abstract int Open(Guid id, out THandle handle, out SafeCoTaskString error);

    private protected abstract int Modify(THandle handle, string settings, out SafeCoTaskString error);

    private protected abstract int Query(
        THandle handle, string query, out SafeCoTaskString properties, out SafeCoTaskString error);

    private protected abstract int Delete(Guid id, out SafeCoTaskString error);
}
