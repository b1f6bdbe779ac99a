using System;

namespace HcsPowerShell.Errors;

/// <summary>The problems of networks and endpoints that the module finds without a refusal of the service.</summary>
internal enum NetworkProblem
{
    /// <summary>There is no such network.</summary>
    NetworkNotFound,

    /// <summary>There is no such endpoint.</summary>
    EndpointNotFound,

    /// <summary>Several networks have the name.</summary>
    Ambiguous,

    /// <summary>No network is the default.</summary>
    NoDefault,

    /// <summary>Endpoints are on the network.</summary>
    NetworkInUse,

    /// <summary>Containers use the endpoint.</summary>
    EndpointInUse,

    /// <summary>The container is in no network namespace.</summary>
    NoNamespace,
}

/// <summary>Thrown when a network or an endpoint is not as a command needs it.</summary>
/// <param name="problem">The problem.</param>
/// <param name="message">The sentence for the user.</param>
internal sealed class NetworkException(NetworkProblem problem, string message) : Exception(message)
{
    /// <summary>The problem.</summary>
    public NetworkProblem Problem { get; } = problem;
}
