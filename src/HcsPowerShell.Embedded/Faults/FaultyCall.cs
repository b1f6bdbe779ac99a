using System;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Faults;

namespace HcsPowerShell.Embedded.Faults;

/// <summary>A call that may be disturbed, and how it fails.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="ContainerId">The system it is made on, if any.</param>
internal sealed record FaultyCall(FaultOperation Operation, string? ContainerId)
{
    public HcsException Refused(Fault fault) => Failed(fault.HResult, $"Injected by {fault.Origin}.");

    public HcsException Disconnected() => Failed(HResult.ServiceDisconnect, "The compute service has disconnected.");

    private HcsException Failed(int hresult, string message) =>
        new(HcsFunction.Of(Operation), hresult, ContainerId,
            HcsJson.Write(new ResultError { Error = hresult, ErrorMessage = message }));
}
