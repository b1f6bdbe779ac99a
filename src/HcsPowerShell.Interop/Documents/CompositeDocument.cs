namespace HcsPowerShell.Interop.Documents;

/// <summary>
/// Base class of the documents that hold other documents, lists, maps or JSON. Jobs and remoting carry these to their full
/// depth; the other documents need no depth.
/// </summary>
public abstract class CompositeDocument : HcsDocument
{
    private protected CompositeDocument()
    {
    }
}
