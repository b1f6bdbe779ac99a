using System;
using System.Runtime.CompilerServices;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Contracts;

/// <summary>The refusals of the embedded service, each with the result document HCS would give.</summary>
internal static class Refusal
{
    public static HcsException SystemNotFound(string id, string function) =>
        Create(function, HResult.SystemNotFound, id, "A compute system with the specified identifier does not exist.");

    public static HcsException SystemAlreadyExists(string id, string function) =>
        Create(function, HResult.SystemAlreadyExists, id, "A compute system with this identifier already exists.");

    public static HcsException AlreadyStopped(string id, string function) =>
        Create(function, HResult.SystemAlreadyStopped, id, "The compute system has already exited.");

    public static HcsException InvalidState(string id, string function, EmbeddedState state) =>
        Create(function, HResult.InvalidState, id, $"The operation is not valid while the system is {state}.");

    public static HcsException InvalidJson(string id, string function, HcsDocumentException cause) =>
        Create(function, HResult.InvalidJson, id, cause.Message, cause);

    public static HcsException InvalidArgument(string? id, string function, string message) =>
        Create(function, HResult.InvalidArgument, id, message);

    public static HcsException PathNotFound(string id, string function, string member, string path) =>
        Create(function, HResult.PathNotFound, id, $"{member}: '{path}' does not exist.");

    public static HcsException SharingViolation(string id, string function, string member, string path) =>
        Create(function, HResult.SharingViolation, id, $"{member}: '{path}' is in use by a container.");

    public static HcsException Mounted(string id, string function, string member, string path, string volume) =>
        Create(function, HResult.SharingViolation, id, $"{member}: '{path}' is mounted at '{volume}'.");

    public static HcsException ExecutableNotFound(string id, string function, string command) =>
        Create(function, HResult.FileNotFound, id, $"The executable '{command}' was not found.");

    public static HcsException CannotExecute(string? id, string function, int hresult, string path) =>
        Create(function, hresult, id, $"The system does not run '{path}': it must be a program, and executable.");

    public static HcsException Refused(string function, int hresult, string message, Exception? cause = null) =>
        Create(function, hresult, null, message, cause);

    public static HcsException ElementNotFound(string id, string function, uint processId) =>
        Create(function, HResult.ElementNotFound, id, $"Process {processId} does not exist or has exited.");

    public static HcsException ResourceNotFound(string id, string function, string resource) =>
        Create(function, HResult.ElementNotFound, id, $"Settings: the container has no such {resource}.");

    public static HcsException ProcessAlreadyStopped(string id, string function, uint processId) =>
        Create(function, HResult.ProcessAlreadyStopped, id, $"Process {processId} has already exited.");

    public static HcsException NotSupported(string? id, string function, string message) =>
        Create(function, HResult.NotSupported, id, message);

    /// <summary>Refuses what only a virtual machine can, or what is only for them.</summary>
    public static HcsException NoMachines(ComputeOperation operation, string? id) => NotSupported(
        id, operation.Function(), "An embedded host has no virtual machines; the Host Compute Service of Windows has.");

    /// <summary>Creates a failure that no code describes better than the message.</summary>
    public static HcsException Failure(string? id, string function, string message) =>
        Create(function, HResult.Unspecified, id, message);

    /// <summary>
    /// Turns an exception of .NET or the kernel about the files of this host into a refusal that names the limit and no
    /// path.
    /// </summary>
    /// <param name="id">The system.</param>
    /// <param name="function">The call that fails.</param>
    /// <param name="member">Member of the document the call serves; null for none.</param>
    /// <param name="cause">The exception.</param>
    /// <param name="folder">Folder the host was writing to; null when it does not matter.</param>
    public static HcsException OfHost(
        string? id, string function, string? member, Exception cause, string? folder = null)
    {
        // .NET also throws OutOfMemoryException when it cannot start a thread.
        MachineLimit? limit = cause is OutOfMemoryException
            ? new MachineLimit(HResult.OutOfMemory, "This process has no memory left, or may start no thread.")
            : MachineLimit.Of(cause.HResult) ?? (folder is null ? null : MachineLimit.Reached(folder));
        string message = limit?.Message
            ?? (cause is KernelException ? cause.Message : "The host cannot use its own files; the inner exception tells more.");
        int hresult = limit?.HResult ?? (cause is UnauthorizedAccessException ? HResult.AccessDenied : HResult.Unspecified);
        return new HcsException(
            function,
            hresult,
            id,
            HcsJson.Write(new ResultError
            {
                Error = hresult,
                ErrorMessage = member is null ? message : $"{member}: {message}",
            }),
            cause);
    }

    public static HcsException HandleClosed(string id, [CallerMemberName] string function = "") =>
        Create(function, HResult.InvalidHandle, id, "The handle was closed.");

    public static HcsException ServiceDisconnect(string? id, string function) =>
        Create(function, HResult.ServiceDisconnect, id, "The embedded host has ended.");

    private static HcsException Create(
        string function, int hresult, string? id, string message, Exception? cause = null) =>
        new(function, hresult, id, HcsJson.Write(new ResultError { Error = hresult, ErrorMessage = message }), cause);
}
