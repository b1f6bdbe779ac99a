namespace HcsPowerShell;

/// <summary>Kinds of compute systems.</summary>
public enum HcsSystemType
{
    /// <summary>A container with any isolation.</summary>
    Container,

    /// <summary>A virtual machine.</summary>
    VirtualMachine,
}
