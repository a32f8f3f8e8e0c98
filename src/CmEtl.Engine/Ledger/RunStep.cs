namespace CmEtl.Engine;

/// <summary>
/// A step that one process at a time takes. The numbers are keys of an advisory lock, beside those of the chunks from 0 on.
/// </summary>
internal enum RunStep
{
    Task01 = -1,
    Plan = -2,
}
