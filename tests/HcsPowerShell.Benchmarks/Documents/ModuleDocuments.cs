using System;
using System.Collections;
using System.IO;
using System.Linq.Expressions;
using System.Reflection;
using HcsPowerShell.Benchmarks.Engine;

namespace HcsPowerShell.Benchmarks.Documents;

/// <summary>The documents by the assembly of the staged module.</summary>
internal sealed class ModuleDocuments
{
    private const string Namespace = "HcsPowerShell.Interop.Documents.";

    private readonly Func<Type, string, object> _read;
    private readonly Func<object, string> _write;
    private readonly Func<string, IEnumerable> _readList;
    private readonly Type _properties;
    private readonly object _config;
    private readonly string _statistics;
    private readonly string _list;

    /// <param name="folder">The folder with the documents.</param>
    public ModuleDocuments(string folder)
    {
        Assembly interop = Assembly.LoadFrom(
            Path.Combine(Path.GetDirectoryName(Modules.Staged)!, "HcsPowerShell.Interop.dll"));
        Type json = interop.GetType(Namespace + "HcsJson", throwOnError: true)!;
        _properties = interop.GetType(Namespace + "ContainerProperties", throwOnError: true)!;
        _read = json.GetMethod("Read", [typeof(Type), typeof(string)])!.CreateDelegate<Func<Type, string, object>>();
        _readList = json.GetMethod("ReadList")!.MakeGenericMethod(_properties).CreateDelegate<Func<string, IEnumerable>>();
        MethodInfo write = json.GetMethod("Write")!;
        ParameterExpression document = Expression.Parameter(typeof(object));
        _write = Expression.Lambda<Func<object, string>>(
            Expression.Call(write, Expression.Convert(document, write.GetParameters()[0].ParameterType)), document).Compile();
        _config = _read(
            interop.GetType(Namespace + "ContainerConfig", throwOnError: true)!, File.ReadAllText(Path.Combine(folder, "config")));
        _statistics = File.ReadAllText(Path.Combine(folder, "statistics"));
        _list = File.ReadAllText(Path.Combine(folder, "list"));
    }

    /// <summary>Writes or reads a document this many times.</summary>
    public void Run(string kind, int count)
    {
        for (int i = 0; i < count; i++)
        {
            switch (kind)
            {
                case "write":
                    _write(_config);
                    break;
                case "statistics":
                    _read(_properties, _statistics);
                    break;
                default:
                    foreach (object? item in _readList(_list))
                    {
                        ArgumentNullException.ThrowIfNull(item);
                    }

                    break;
            }
        }
    }
}
