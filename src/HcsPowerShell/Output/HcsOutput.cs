using System;
using System.Management.Automation;

namespace HcsPowerShell;

/// <summary>Base class of the objects that commands write about a host.</summary>
/// <remarks>
/// <c>ConvertTo-Json</c> reads .NET properties and cannot be told to leave one out. What it is to leave out is therefore
/// a property of <c>HcsPowerShell.Types.ps1xml</c> only: the host as an object and the document from the service.
///
/// A list is an array: PowerShell cannot index into the lists that the compiler makes of a collection expression.
/// </remarks>
public abstract class HcsOutput
{
    private protected HcsOutput(HcsHost host) => Host = host;

    /// <summary>Name of the host in JSON text; PowerShell has the host itself under this name.</summary>
    public string HcsHost => Host.Name;

    /// <summary>Name of the computer that the host is on.</summary>
    public string ComputerName => Host.ComputerName;

    /// <summary>Identifies the host across processes.</summary>
    public Guid HostInstance => Host.HostInstance;

    internal HcsHost Host { get; }

    /// <summary>The document from the service that the object was read from; null when there was none.</summary>
    internal virtual string? ServiceDocument => null;

    /// <summary>The property <c>HcsHost</c> in PowerShell: the host of the object.</summary>
    public static HcsHost? HostOf(PSObject output) => (output?.BaseObject as HcsOutput)?.Host;

    /// <summary>
    /// The hidden property <c>Document</c> in PowerShell: the document from the service; null when there was none.
    /// </summary>
    public static string? DocumentOf(PSObject output) => (output?.BaseObject as HcsOutput)?.ServiceDocument;
}
