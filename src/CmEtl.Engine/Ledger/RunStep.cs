namespace CmEtl.Engine;

/// <summary>
/// A step that only one process at a time may execute. The values are keys of an advisory lock, and differ from those of chunks, which
/// begin at 0.
/// </summary>
internal enum RunStep
{
    Task01 = -1,
    Plan = -2,
}
