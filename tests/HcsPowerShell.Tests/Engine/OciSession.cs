using System;

namespace HcsPowerShell.Tests.Engine;

/// <summary>A session whose host has isolation Oci. Where that is not possible, it has no host.</summary>
public sealed class OciSession : IDisposable
{
    public OciSession()
    {
        if (OciMachine.Lack is null)
        {
            Session.Connect($"-Isolation Oci -Name {Session.HostName}");
        }
    }

    public Session Session { get; } = Session.WithoutHost();

    public void Dispose() => Session.Dispose();
}
