namespace HcsPowerShell;

/// <summary>Kinds of compute systems.</summary>
public enum HcsSystemType
{
    /// <summary>A container, of whatever isolation.</summary>
    Container,

    /// <summary>A virtual machine.</summary>
    VirtualMachine,
}
