using System;

namespace HcsPowerShell.Errors;

/// <summary>Thrown when this process does not know the document that a container was created from.</summary>
internal sealed class NoConfigurationException() : Exception(
    "this PowerShell process did not create it, and does not know its configuration.");
